package io.millrace.engine.aggregate;

import org.apache.calcite.avatica.util.ByteString;
import org.apache.datasketches.common.ArrayOfItemsSerDe;
import org.apache.datasketches.memory.Memory;

/** Keys as the items of a sketch: four bytes of length, then the key. */
final class ByteStringItems extends ArrayOfItemsSerDe<ByteString> {

    @Override
    public byte[] serializeToByteArray(ByteString item) {
        return serializeToByteArray(new ByteString[] {item});
    }

    @Override
    public byte[] serializeToByteArray(ByteString[] items) {
        BytesWriter out = new BytesWriter();
        for (ByteString item : items) {
            out.writeBigEndian(item.length(), Integer.BYTES);
            out.write(item.getBytes());
        }
        return out.toBytes();
    }

    @Override
    public ByteString[] deserializeFromMemory(Memory memory, long offset, int count) {
        ByteString[] items = new ByteString[count];
        long position = offset;
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length(memory, position)];
            memory.getByteArray(position + Integer.BYTES, bytes, 0, bytes.length);
            items[i] = new ByteString(bytes);
            position += Integer.BYTES + bytes.length;
        }
        return items;
    }

    private static int length(Memory memory, long position) {
        byte[] length = new byte[Integer.BYTES];
        memory.getByteArray(position, length, 0, length.length);
        return (int) new BytesReader(length).readBigEndian(Integer.BYTES);
    }

    @Override
    public int sizeOf(ByteString item) {
        return Integer.BYTES + item.length();
    }

    @Override
    public int sizeOf(Memory memory, long offset, int count) {
        long position = offset;
        for (int i = 0; i < count; i++) {
            position += Integer.BYTES + length(memory, position);
        }
        return Math.toIntExact(position - offset);
    }

    @Override
    public String toString(ByteString item) {
        return item.toString();
    }

    @Override
    public Class<ByteString> getClassOfT() {
        return ByteString.class;
    }
}
