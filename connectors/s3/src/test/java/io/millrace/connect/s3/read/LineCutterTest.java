package io.millrace.connect.s3.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineCutterTest {

    @Test
    void shouldCutAtLineEndsOfBothKinds() throws IOException {
        assertThat(lines("a\nb\r\n\n\"c\nd\r", 100)).containsExactly("1:a", "2:b", "3:", "4:\"c", "5:d");
        assertThat(lines("", 100)).isEmpty();
        assertThat(lines("\n", 100)).containsExactly("1:");
    }

    @Test
    void shouldCutOnlyOutsideOfQuotesInCsv() throws IOException {
        assertThat(csv("a,\"b\nc\",d\n5\" pipe,x\n\"say \"\"\n\"\"\",y\ne", 100))
                .containsExactly("1:a,\"b\nc\",d", "3:5\" pipe,x", "4:\"say \"\"\n\"\"\",y", "6:e");
    }

    @Test
    void shouldLoseOneLineOnlyToAQuoteThatIsNeverClosed() throws IOException {
        assertThat(csv("a\n\"b\nc\nd\n", 100)).containsExactly("1:a", "2:\"b", "3:c", "4:d");
        assertThat(csv("\"b\n" + "c\n".repeat(30), 20)).hasSize(31).startsWith("1:\"b", "2:c");
    }

    @Test
    void shouldKeepTheBeginningOfALineThatIsTooLong() throws IOException {
        LineCutter cutter = LineCutter.ofLines(stream("ab\n" + "x".repeat(100_000) + "\nend"), 10);
        assertThat(cutter.next()).extracting(Line::isTooLong).isEqualTo(false);
        Line line = cutter.next();
        assertThat(line).isNotNull();
        assertThat(line.isTooLong()).isTrue();
        assertThat(line.length()).isEqualTo(100_000);
        assertThat(line.bytes()).hasSize(10);
        assertThat(line.number()).isEqualTo(2);
        assertThat(line.nextNumber()).isEqualTo(3);
        assertThat(cutter.next()).extracting(Line::number).isEqualTo(3L);
        assertThat(cutter.next()).isNull();
        assertThat(lines("0123456789\n01234567890\n", 10)).containsExactly("1:0123456789", "2:0123456789!");
    }

    @Test
    void shouldPassOverAByteOrderMark() throws IOException {
        assertThat(csv("\uFEFF\"a\nb\",c\n", 100)).containsExactly("1:\"a\nb\",c");
        assertThat(lines("\uFEFF", 100)).isEmpty();
    }

    private static List<String> lines(String text, int maxBytes) throws IOException {
        return all(LineCutter.ofLines(stream(text), maxBytes));
    }

    private static List<String> csv(String text, int maxBytes) throws IOException {
        return all(LineCutter.ofCsv(stream(text), maxBytes, ','));
    }

    /** A byte at a time, so that every place is once the end of what is there. */
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };
    }

    private static List<String> all(LineCutter cutter) throws IOException {
        List<String> lines = new ArrayList<>();
        Line line = cutter.next();
        while (line != null) {
            lines.add(line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8)
                    + (line.isTooLong() ? "!" : ""));
            line = cutter.next();
        }
        return lines;
    }
}
