package io.millrace.connect.s3.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

final class GzipStreamTest {

    private final byte[] text = bytes(100_000);

    @Test
    void shouldUnpackMembersInARowAndPadding() throws IOException {
        byte[] packed = concat(gzip(text), gzip(new byte[0]), gzip(text), new byte[512]);
        for (int piece : new int[] {1, 2, 17, 1 << 20}) {
            assertThat(unpack(packed, piece)).isEqualTo(concat(text, text));
        }
    }

    @Test
    void shouldPassOverAHeaderWithEverythingInIt() throws IOException {
        byte[] plain = gzip(text);
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 'n', 0, 'c', 'c', 0, 1, 2};
        assertThat(unpack(concat(header, Arrays.copyOfRange(plain, 10, plain.length)), 100))
                .isEqualTo(text);
    }

    @Test
    void shouldHandOutEverythingBeforeATruncation() throws IOException {
        byte[] packed = gzip(text);
        int before = -1;
        for (int length = 10; length < packed.length; length += 997) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> new GzipStream(new ByteArrayInputStream(cut)).transferTo(out))
                    .isInstanceOf(EOFException.class);
            assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(text, out.size()));
            assertThat(out.size()).isGreaterThanOrEqualTo(before);
            before = out.size();
        }
        assertThat(before).isGreaterThan(90_000);
    }

    @Test
    void shouldSayThatSomethingElseStandsBehindAMember() {
        assertThatThrownBy(() -> unpack(concat(gzip(text), new byte[] {'{', '}'}), 100))
                .isInstanceOf(ZipException.class)
                .hasMessage("there is something other than gzip behind it");
    }

    @Test
    void shouldNoticeDamage() throws IOException {
        byte[] packed = gzip(text);
        byte[] wrongChecksum = packed.clone();
        wrongChecksum[packed.length - 6] ^= 1;
        assertThatThrownBy(() -> unpack(wrongChecksum, 100)).hasMessageContaining("checksum does not match");
        for (int at = 10; at < packed.length; at += 501) {
            byte[] damaged = packed.clone();
            damaged[at] ^= 0x55;
            assertThatThrownBy(() -> unpack(damaged, 100)).isInstanceOf(IOException.class);
        }
    }

    private static byte[] unpack(byte[] packed, int piece) throws IOException {
        InputStream in = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (GzipStream gzip = new GzipStream(in)) {
            return gzip.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text);
        }
        return packed.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(int length) {
        Random random = new Random(1);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(20));
        }
        return bytes;
    }
}
