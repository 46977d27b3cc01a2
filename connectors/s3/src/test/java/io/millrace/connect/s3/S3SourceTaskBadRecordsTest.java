package io.millrace.connect.s3;

import static io.millrace.connect.s3.SourceRun.bytes;
import static io.millrace.connect.s3.SourceRun.gzip;
import static io.millrace.connect.s3.SourceRun.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;

/** What becomes of the things in a bucket that are no rows. */
final class S3SourceTaskBadRecordsTest {

    private final SourceRun run = new SourceRun();

    @Test
    void shouldMakeDeadLettersOfWhatIsNoRow() {
        run.object(
                "1.json",
                "{\"id\":1}\n{\"id\":1.5}\nnot json\n{\"name\":\"a\"}\n{\"id\":2,\"name\":7}\n{\"id\":\"3\"}\n{\"id\":4}");
        run.store.objects.put("2.json", new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xff, '"', '}'});
        run.run();
        assertThat(run.ids()).containsExactly(1L, 4L);
        assertThat(run.letters())
                .extracting(letter -> letter.getString("reason"))
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("column 'id': '1.5' is not a BIGINT"),
                        reason -> assertThat(reason).startsWith("this is not JSON: Unrecognized token 'not'"),
                        reason -> assertThat(reason).isEqualTo("column 'id' is NOT NULL, but there is no value for it"),
                        reason -> assertThat(reason).isEqualTo("column 'name': '7' is not a STRING"),
                        reason -> assertThat(reason).isEqualTo("column 'id': the text \"3\" is not a BIGINT"),
                        reason -> assertThat(reason).isEqualTo("the line is not UTF-8"));
        Struct first = run.letters().get(0);
        assertThat(first.getString("origin")).isEqualTo("s3://b/1.json#line=2");
        assertThat(first.get("value"))
                .isEqualTo(ByteBuffer.wrap(bytes("{\"id\":1.5}")).array());
        assertThat(run.on("dead").get(5).sourceOffset().get("done")).isEqualTo(true);
        Struct end = (Struct) run.on("ends").get(0).value();
        assertThat(end.getInt64("records")).isEqualTo(2);
        assertThat(end.getInt64("dead_letters")).isEqualTo(6);
    }

    @Test
    void shouldStopAtABadRecordBehindTheGoodOnesWhenAsked() throws InterruptedException {
        run.object("1.json", json(1, 2) + "oops\n" + json(3, 3));
        run.config.put("errors.bad.record", "fail");
        S3SourceTask task = run.task();
        assertThat(task.poll()).hasSize(2);
        assertThatThrownBy(task::poll)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageStartingWith("s3://b/1.json#line=3: this is not JSON");
        task.stop();
    }

    @Test
    void shouldSayThatAnObjectIsDoneWithItsLastRowWhenBadLinesBehindItGoNowhere() {
        run.config.remove("dead.letter.topic");
        run.object("1.json", json(1, 2) + "oops\n\nno\n");
        run.object("2.json", "oops\n");
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L);
        assertThat(run.on("t").get(1).sourceOffset().get("done")).isEqualTo(true);
        assertThat(run.on("ends")).hasSize(1);
    }

    @Test
    void shouldKeepTheRowsBeforeTheEndOfATruncatedObject() {
        byte[] whole = gzip(json(1, 2000));
        run.store.objects.put("1.json.gz", Arrays.copyOf(whole, whole.length - 100));
        run.object("2.json", json(3000, 3000));
        run.run();
        int rows = run.ids().size() - 1;
        assertThat(rows).isBetween(1500, 1999);
        assertThat(run.ids().subList(0, rows))
                .isEqualTo(LongStream.rangeClosed(1, rows).boxed().toList());
        assertThat(run.ids()).endsWith(3000L);
        Struct letter = run.letters().get(0);
        assertThat(letter.getString("origin")).isEqualTo("s3://b/1.json.gz#line=" + (rows + 1));
        assertThat(letter.getString("reason"))
                .isEqualTo("the rest of the object cannot be read: it ends in the middle of the packed data");
        assertThat(run.on("dead").get(0).sourceOffset().get("done")).isEqualTo(true);
    }

    @Test
    void shouldFailAtATruncatedObjectWhenAsked() {
        byte[] whole = gzip(json(1, 2));
        run.store.objects.put("1.json.gz", Arrays.copyOf(whole, whole.length - 4));
        run.config.put("errors.bad.record", "fail");
        assertThatThrownBy(run::run)
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("s3://b/1.json.gz#line=3: the rest of the object cannot be read");
        assertThat(run.ids()).containsExactly(1L, 2L);
    }

    @Test
    void shouldPassOverObjectsWhoseNamesTellNoFormat() {
        run.object("readme.txt", "hello");
        run.object("a.NDJSON", json(1, 1));
        run.object("b.csv", "id,name\n2,x\n");
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L);
        assertThat(run.letters()).isEmpty();
    }
}
