package io.millrace.engine.aggregate;

/**
 * Texts as UTF-8, with zeros and the end as {@link OrderedBinary} writes them. Half a surrogate pair, which UTF-8 has no bytes
 * for, is written as if it were a character, so that no text becomes another.
 */
final class OrderedText implements OrderedCodec {

    static final OrderedText INSTANCE = new OrderedText();

    private OrderedText() {}

    @Override
    public void write(BytesWriter out, Object value) {
        String text = (String) value;
        int next;
        for (int i = 0; i < text.length(); i += Character.charCount(next)) {
            next = text.codePointAt(i);
            if (next < 0x80) {
                OrderedBinary.writeEscaped(out, next);
            } else if (next < 0x800) {
                out.writeByte(0xC0 | (next >> 6));
                writeRest(out, next, 0);
            } else if (next < 0x10000) {
                out.writeByte(0xE0 | (next >> 12));
                writeRest(out, next, 6);
            } else {
                out.writeByte(0xF0 | (next >> 18));
                writeRest(out, next, 12);
            }
        }
        OrderedBinary.writeEnd(out);
    }

    private static void writeRest(BytesWriter out, int codePoint, int highestShift) {
        for (int shift = highestShift; shift >= 0; shift -= 6) {
            out.writeByte(0x80 | ((codePoint >> shift) & 0x3F));
        }
    }

    @Override
    public Object read(BytesReader in) {
        StringBuilder text = new StringBuilder();
        for (int next = OrderedBinary.readEscaped(in); next >= 0; next = OrderedBinary.readEscaped(in)) {
            if (next < 0x80) {
                text.append((char) next);
            } else if (next < 0xE0) {
                text.appendCodePoint(readRest(in, next & 0x1F, 1));
            } else if (next < 0xF0) {
                text.appendCodePoint(readRest(in, next & 0x0F, 2));
            } else {
                text.appendCodePoint(readRest(in, next & 0x07, 3));
            }
        }
        return text.toString();
    }

    private static int readRest(BytesReader in, int first, int count) {
        int codePoint = first;
        for (int i = 0; i < count; i++) {
            codePoint = (codePoint << 6) | (in.readByte() & 0x3F);
        }
        return codePoint;
    }
}
