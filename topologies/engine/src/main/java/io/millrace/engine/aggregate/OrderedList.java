package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements one after the other, each with what says that it is one, then a zero byte. */
record OrderedList(OrderedCodec element) implements OrderedCodec {

    private static final int END = 0;
    private static final int ELEMENT = 1;

    @Override
    public void write(BytesWriter out, Object value) {
        for (Object next : (List<?>) value) {
            out.writeByte(ELEMENT);
            OrderedBytes.write(out, element, next, false, false);
        }
        out.writeByte(END);
    }

    @Override
    public Object read(BytesReader in) {
        List<@Nullable Object> values = new ArrayList<>();
        while (in.readByte() == ELEMENT) {
            values.add(OrderedBytes.read(in, element, false));
        }
        return values;
    }
}
