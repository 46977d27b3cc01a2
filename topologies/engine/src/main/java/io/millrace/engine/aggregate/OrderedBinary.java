package io.millrace.engine.aggregate;

import org.apache.calcite.avatica.util.ByteString;

/** Bytes, of which a zero is followed by 255, so that two zeros can end them. */
final class OrderedBinary implements OrderedCodec {

    static final OrderedBinary INSTANCE = new OrderedBinary();

    private OrderedBinary() {}

    @Override
    public void write(BytesWriter out, Object value) {
        for (byte next : ((ByteString) value).getBytes()) {
            writeEscaped(out, next);
        }
        writeEnd(out);
    }

    @Override
    public Object read(BytesReader in) {
        BytesWriter bytes = new BytesWriter();
        for (int next = readEscaped(in); next >= 0; next = readEscaped(in)) {
            bytes.writeByte(next);
        }
        return new ByteString(bytes.toBytes());
    }

    static void writeEscaped(BytesWriter out, int next) {
        out.writeByte(next);
        if (next == 0) {
            out.writeByte(0xFF);
        }
    }

    static void writeEnd(BytesWriter out) {
        out.writeBigEndian(0, 2);
    }

    /** The next byte, or -1 at the end. */
    static int readEscaped(BytesReader in) {
        int next = in.readByte();
        return next == 0 && in.readByte() == 0 ? -1 : next;
    }
}
