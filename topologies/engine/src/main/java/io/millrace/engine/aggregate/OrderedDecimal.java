package io.millrace.engine.aggregate;

import java.math.BigDecimal;

/**
 * Decimals as sign, power of ten and digits: 0.d₁d₂d₃… · 10ᵉ with d₁ > 0. Two digits make a byte, one more than their number,
 * and a zero byte ends them; power and digits of a negative number are turned over. Trailing zeros are not written, so that
 * 1.0 and 1.00 are the same.
 *
 * @param scale the scale of what is read, where no digit is lost by it
 */
record OrderedDecimal(int scale) implements OrderedCodec {

    private static final int NEGATIVE = 1;
    private static final int ZERO = 2;
    private static final int POSITIVE = 3;

    @Override
    public void write(BytesWriter out, Object value) {
        BigDecimal decimal = (BigDecimal) value;
        if (decimal.signum() == 0) {
            out.writeByte(ZERO);
            return;
        }
        BigDecimal shortest = decimal.abs().stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        out.writeByte(decimal.signum() < 0 ? NEGATIVE : POSITIVE);
        int start = out.size();
        OrderedWhole.write(out, (long) digits.length() - shortest.scale());
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            out.writeByte(10 * tens + ones + 1);
        }
        out.writeByte(0);
        if (decimal.signum() < 0) {
            out.invert(start);
        }
    }

    @Override
    public Object read(BytesReader in) {
        int sign = in.readByte();
        if (sign == ZERO) {
            return BigDecimal.ZERO.setScale(Math.max(0, scale));
        }
        if (sign == NEGATIVE) {
            in.invert();
        }
        long power = OrderedWhole.readLong(in);
        StringBuilder digits = new StringBuilder("0.");
        for (int pair = in.readByte(); pair != 0; pair = in.readByte()) {
            digits.append((char) ('0' + (pair - 1) / 10)).append((char) ('0' + (pair - 1) % 10));
        }
        if (sign == NEGATIVE) {
            in.invert();
        }
        BigDecimal value = new BigDecimal(digits.toString())
                .scaleByPowerOfTen(Math.toIntExact(power))
                .stripTrailingZeros();
        BigDecimal scaled = value.scale() <= scale ? value.setScale(scale) : value;
        return sign == NEGATIVE ? scaled.negate() : scaled;
    }
}
