package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The elements in their own order, written as an array. */
record OrderedMultiset(OrderedCodec element) implements OrderedCodec {

    @Override
    public void write(BytesWriter out, Object value) {
        List<byte[]> encoded = new ArrayList<>();
        for (Object next : (Collection<?>) value) {
            BytesWriter single = new BytesWriter();
            OrderedBytes.write(single, element, next, false, false);
            encoded.add(single.toBytes());
        }
        encoded.sort(Arrays::compareUnsigned);
        for (byte[] next : encoded) {
            out.writeByte(1);
            out.write(next);
        }
        out.writeByte(0);
    }

    @Override
    public Object read(BytesReader in) {
        return new OrderedList(element).read(in);
    }
}
