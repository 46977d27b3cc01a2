package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator over TIMESTAMP(6) and TIME(6), against java.time. */
final class MicrosecondsTest {

    private static final String NOW = "2009-02-13T23:31:30.123456";
    private static final SampleQuery ROWS = sample(NOW);

    private static SampleQuery sample(String timestamp) {
        long micros = micros(timestamp);
        return SampleQuery.of(
                "t TIMESTAMP(6) NOT NULL, u TIMESTAMP(6), ms TIMESTAMP(3) NOT NULL, nil TIMESTAMP(6), l TIMESTAMP(6) WITH LOCAL"
                        + " TIME ZONE NOT NULL, lms TIMESTAMP(3) WITH LOCAL TIME ZONE NOT NULL, t4 TIMESTAMP(4) NOT NULL,"
                        + " d DATE NOT NULL, tm TIME(6) NOT NULL, tms TIME(3) NOT NULL, i INT NOT NULL, s STRING NOT NULL,"
                        + " bad STRING NOT NULL, span INTERVAL DAY TO SECOND NOT NULL, months INTERVAL YEAR TO MONTH NOT NULL,"
                        + " list ARRAY<TIMESTAMP(6)>, r ROW(moment TIMESTAMP(6) NOT NULL, n INT) NOT NULL",
                micros,
                micros + 1,
                Math.floorDiv(micros, 1_000L),
                null,
                micros,
                Math.floorDiv(micros, 1_000L),
                micros(NOW) / 100 * 100,
                14_288,
                Math.floorMod(micros, 86_400_000_000L),
                (int) (Math.floorMod(micros, 86_400_000_000L) / 1_000),
                3,
                "2020-01-31 10:00:00.123456",
                "tomorrow",
                5_001L,
                13,
                Arrays.asList(micros, null),
                new Object[] {micros, 1});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    t = t                | true
                    t = ms               | false
                    t > ms               | true
                    ms < t               | true
                    t < u                | true
                    t >= u               | false
                    t <> u               | true
                    t = nil              |
                    t BETWEEN ms AND u   | true
                    t IS NULL            | false
                    nil IS NULL          | true
                    t IS DISTINCT FROM nil | true
                    t IS NOT DISTINCT FROM t | true
                    t = TIMESTAMP '2009-02-13 23:31:30.123456' | true
                    t = '2009-02-13 23:31:30.123456'           | true
                    t = '2009-02-13 23:31:30.123'              | false
                    t IN (TIMESTAMP '2009-02-13 23:31:30.123456', TIMESTAMP '2020-01-01 00:00:00') | true
                    t NOT IN (TIMESTAMP '2009-02-13 23:31:30.123', TIMESTAMP '2020-01-01 00:00:00.1') | true
                    t BETWEEN TIMESTAMP '2009-02-13 23:31:30.123455' AND TIMESTAMP '2009-02-13 23:31:30.123457' | true
                    t > DATE '2009-02-13'                      | true
                    d < t                                      | true
                    t = l                                      | true
                    l > lms                                    | true
                    tm > tms                                   | true
                    tm = TIME '23:31:30.123456'                | true
                    r = ROW(t, 1)                              | true
                    r = ROW(u, 1)                              | false
                    CURRENT_TIMESTAMP > t                      | true
                    """)
    void shouldCompareToTheMicrosecond(String expression, Boolean expected) {
        assertThat(ROWS.value(expression)).isEqualTo(expected);
    }

    @Test
    void shouldBringUnitsTogetherWhereOneOfTwoIsChosen() {
        assertThat(timestamp("COALESCE(nil, ms)")).isEqualTo("2009-02-13T23:31:30.123");
        assertThat(timestamp("COALESCE(nil, t)")).isEqualTo(NOW);
        assertThat(timestamp("CASE WHEN i = 1 THEN t ELSE ms END")).isEqualTo("2009-02-13T23:31:30.123");
        assertThat(timestamp("CASE WHEN i = 3 THEN t ELSE ms END")).isEqualTo(NOW);
        assertThat(timestamp("GREATEST(ms, u)")).isEqualTo("2009-02-13T23:31:30.123457");
        assertThat(timestamp("LEAST(ms, u)")).isEqualTo("2009-02-13T23:31:30.123");
        assertThat(timestamp("NULLIF(t, ms)")).isEqualTo(NOW);
        assertThat(ROWS.value("NULLIF(t, t)")).isNull();
        assertThat(ROWS.value("CASE WHEN i = 1 THEN t END")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CAST(t AS TIMESTAMP(5))   | 2009-02-13T23:31:30.123450
                    CAST(t AS TIMESTAMP(4))   | 2009-02-13T23:31:30.123400
                    CAST(t AS TIMESTAMP(3))   | 2009-02-13T23:31:30.123
                    CAST(t AS TIMESTAMP(2))   | 2009-02-13T23:31:30.120
                    CAST(t AS TIMESTAMP(0))   | 2009-02-13T23:31:30
                    CAST(ms AS TIMESTAMP(1))  | 2009-02-13T23:31:30.100
                    CAST(ms AS TIMESTAMP(6))  | 2009-02-13T23:31:30.123
                    CAST(t4 AS TIMESTAMP(6))  | 2009-02-13T23:31:30.123400
                    CAST(l AS TIMESTAMP(6))   | 2009-02-13T23:31:30.123456
                    CAST(l AS TIMESTAMP(3))   | 2009-02-13T23:31:30.123
                    CAST(t AS TIMESTAMP(6) WITH LOCAL TIME ZONE)  | 2009-02-13T23:31:30.123456
                    CAST(ms AS TIMESTAMP(3) WITH LOCAL TIME ZONE) | 2009-02-13T23:31:30.123
                    CAST(ms AS TIMESTAMP(6) WITH LOCAL TIME ZONE) | 2009-02-13T23:31:30.123
                    CAST(d AS TIMESTAMP(6))   | 2009-02-13T00:00
                    CAST(s AS TIMESTAMP(6))   | 2020-01-31T10:00:00.123456
                    CAST(s AS TIMESTAMP(4))   | 2020-01-31T10:00:00.123400
                    SAFE_CAST(s AS TIMESTAMP(6))   | 2020-01-31T10:00:00.123456
                    CAST('2020-01-31T10:00:00.1234567' AS TIMESTAMP(6)) | 2020-01-31T10:00:00.123456
                    CAST('2020-01-31' AS TIMESTAMP(6)) | 2020-01-31T00:00
                    TIMESTAMP '1969-12-31 23:59:59.999999' | 1969-12-31T23:59:59.999999
                    """)
    void shouldCastTimestamps(String expression, String expected) {
        assertThat(LocalDateTime.parse(timestamp(expression))).isEqualTo(LocalDateTime.parse(expected));
    }

    @Test
    void shouldCastToAndFromOtherTypes() {
        assertThat(ROWS.value("CAST(t AS VARCHAR)")).isEqualTo("2009-02-13 23:31:30.123456");
        assertThat(ROWS.value("CAST(t AS VARCHAR(10))")).isEqualTo("2009-02-13");
        assertThat(ROWS.value("CAST(ms AS VARCHAR)")).isEqualTo("2009-02-13 23:31:30.123");
        assertThat(ROWS.value("CAST(FLOOR(t TO SECOND) AS VARCHAR)")).isEqualTo("2009-02-13 23:31:30");
        assertThat(ROWS.value("CAST(tm AS VARCHAR)")).isEqualTo("23:31:30.123456");
        assertThat(ROWS.value("CAST(t AS DATE)")).isEqualTo(14_288);
        assertThat(ROWS.value("CAST(t AS TIME(6))")).isEqualTo(84_690_123_456L);
        assertThat(ROWS.value("CAST(t AS TIME(3))")).isEqualTo(84_690_123);
        assertThat(ROWS.value("CAST(ms AS TIME(6))")).isEqualTo(84_690_123_000L);
        assertThat(ROWS.value("CAST(tm AS TIME(3))")).isEqualTo(84_690_123);
        assertThat(ROWS.value("CAST(tm AS TIME(4))")).isEqualTo(84_690_123_400L);
        assertThat(ROWS.value("CAST(tms AS TIME(6))")).isEqualTo(84_690_123_000L);
        assertThat(ROWS.value("CAST('10:00:00.000001' AS TIME(6))")).isEqualTo(36_000_000_001L);
        assertThat(ROWS.value("CAST(NULL AS TIMESTAMP(6))")).isNull();
        assertThat(ROWS.value("CAST(nil AS VARCHAR)")).isNull();
        assertThat(ROWS.value("SAFE_CAST(bad AS TIMESTAMP(6))")).isNull();
        assertThatThrownBy(() -> ROWS.value("CAST(bad AS TIMESTAMP(6))"))
                .hasMessage("'tomorrow' is not a value of TIMESTAMP: yyyy-MM-dd HH:mm:ss.SSS");
        assertThat(ROWS.value("UNIX_MICROS(l)")).isEqualTo(micros(NOW));
        assertThat(ROWS.value("UNIX_MILLIS(l)")).isEqualTo(micros(NOW) / 1_000);
        assertThat(ROWS.value("UNIX_SECONDS(l)")).isEqualTo(micros(NOW) / 1_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    t + INTERVAL '1' SECOND              | 2009-02-13T23:31:31.123456
                    INTERVAL '1' DAY + t                 | 2009-02-14T23:31:30.123456
                    t - INTERVAL '1:30' HOUR TO MINUTE   | 2009-02-13T22:01:30.123456
                    t + span                             | 2009-02-13T23:31:35.124456
                    t + INTERVAL '1' HOUR * i            | 2009-02-14T02:31:30.123456
                    t + INTERVAL '1' MONTH               | 2009-03-13T23:31:30.123456
                    t - INTERVAL '1-1' YEAR TO MONTH     | 2008-01-13T23:31:30.123456
                    t + months                           | 2010-03-13T23:31:30.123456
                    l + span                             | 2009-02-13T23:31:35.124456
                    TIMESTAMPADD(MICROSECOND, 5, t)      | 2009-02-13T23:31:30.123461
                    TIMESTAMPADD(MICROSECOND, i, t)      | 2009-02-13T23:31:30.123459
                    TIMESTAMPADD(SECOND, i, t)           | 2009-02-13T23:31:33.123456
                    TIMESTAMPADD(MONTH, -i, t)           | 2008-11-13T23:31:30.123456
                    FLOOR(t TO MICROSECOND)              | 2009-02-13T23:31:30.123456
                    FLOOR(t TO MILLISECOND)              | 2009-02-13T23:31:30.123
                    FLOOR(t TO SECOND)                   | 2009-02-13T23:31:30
                    FLOOR(t TO HOUR)                     | 2009-02-13T23:00
                    FLOOR(t TO MONTH)                    | 2009-02-01T00:00
                    CEIL(t TO MICROSECOND)               | 2009-02-13T23:31:30.123456
                    CEIL(t TO MILLISECOND)               | 2009-02-13T23:31:30.124
                    CEIL(t TO HOUR)                      | 2009-02-14T00:00
                    CEIL(t TO YEAR)                      | 2010-01-01T00:00
                    CEIL(FLOOR(t TO DAY) TO DAY)         | 2009-02-13T00:00
                    """)
    void shouldMoveAndRoundTimestamps(String expression, String expected) {
        assertThat(LocalDateTime.parse(timestamp(expression))).isEqualTo(LocalDateTime.parse(expected));
    }

    @Test
    void shouldMoveTimesOfADayAroundTheClock() {
        assertThat(ROWS.value("tm + INTERVAL '1' HOUR")).isEqualTo(1_890_123_456L);
        assertThat(ROWS.value("tm - INTERVAL '1' DAY")).isEqualTo(84_690_123_456L);
        assertThat(ROWS.value("FLOOR(tm TO HOUR)")).isEqualTo(82_800_000_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    EXTRACT(MICROSECOND FROM t)  | 30123456
                    EXTRACT(MILLISECOND FROM t)  | 30123
                    EXTRACT(SECOND FROM t)       | 30
                    EXTRACT(MINUTE FROM t)       | 31
                    EXTRACT(HOUR FROM t)         | 23
                    EXTRACT(DAY FROM t)          | 13
                    EXTRACT(EPOCH FROM t)        | 1234567890
                    EXTRACT(MICROSECOND FROM tm) | 30123456
                    EXTRACT(HOUR FROM tm)        | 23
                    YEAR(t)                      | 2009
                    EXTRACT(WEEK FROM t)         | 7
                    EXTRACT(DOW FROM l)          | 6
                    """)
    void shouldExtractParts(String expression, long expected) {
        assertThat(ROWS.value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TIMESTAMPDIFF(MICROSECOND, t, u)   | 1
                    TIMESTAMPDIFF(MICROSECOND, u, t)   | -1
                    TIMESTAMPDIFF(MICROSECOND, ms, t)  | 456
                    TIMESTAMPDIFF(MICROSECOND, ms, ms + INTERVAL '1' SECOND) | 1000000
                    TIMESTAMPDIFF(MILLISECOND, t, t + INTERVAL '1.5' SECOND) | 1500
                    TIMESTAMPDIFF(MILLISECOND, ms, ms + INTERVAL '1.5' SECOND) | 1500
                    TIMESTAMPDIFF(MILLISECOND, u, t)   | 0
                    TIMESTAMPDIFF(SECOND, t, u + INTERVAL '1' SECOND)  | 1
                    TIMESTAMPDIFF(SECOND, u, t + INTERVAL '1' SECOND)  | 0
                    TIMESTAMPDIFF(HOUR, t, u + INTERVAL '49' HOUR)     | 49
                    TIMESTAMPDIFF(DAY, t, u + INTERVAL '49' HOUR)      | 2
                    TIMESTAMPDIFF(MONTH, t, t + INTERVAL '1' MONTH)    | 1
                    TIMESTAMPDIFF(MONTH, u, t + INTERVAL '1' MONTH)    | 0
                    TIMESTAMPDIFF(YEAR, t, u + INTERVAL '25' MONTH)    | 2
                    TIMESTAMPDIFF(HOUR, d, t)          | 23
                    TIMESTAMPDIFF(HOUR, d, ms)         | 23
                    TIMESTAMPDIFF(MICROSECOND, l, l)   | 0
                    """)
    void shouldCountTheWholeUnitsBetweenTimestamps(String expression, int expected) {
        assertThat(ROWS.value(expression)).isEqualTo(expected);
    }

    @Test
    void shouldGiveAnIntervalOrSayThatItIsTooFine() {
        assertThat(ROWS.value("(t + INTERVAL '1' DAY - t) DAY TO SECOND")).isEqualTo(86_400_000L);
        assertThat(ROWS.value("(t + INTERVAL '2' MONTH - t) YEAR TO MONTH")).isEqualTo(2);
        assertThat(ROWS.value("(t - nil) DAY TO SECOND")).isNull();
        assertThatThrownBy(() -> ROWS.value("(t - ms) DAY TO SECOND"))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("this one is of 456 microseconds");
        assertThatThrownBy(() -> ROWS.value("TIMESTAMPDIFF(MICROSECOND, t, t + INTERVAL '1' HOUR)"))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldPutTimestampsIntoCollectionsAndTakeThemOut() {
        assertThat(ROWS.value("ARRAY[t, ms]")).isEqualTo(List.of(micros(NOW), micros(NOW) / 1_000 * 1_000));
        assertThat(ROWS.value("MAP['a', t]")).isEqualTo(Map.of("a", micros(NOW)));
        assertThat((Object[]) ROWS.value("ROW(t, ms)")).containsExactly(micros(NOW), micros(NOW) / 1_000);
        assertThat(timestamp("list[1]")).isEqualTo(NOW);
        assertThat(ROWS.value("list[2]")).isNull();
        assertThat(timestamp("r.moment")).isEqualTo(NOW);
        assertThat(timestamp("r.moment + INTERVAL '1' SECOND")).isEqualTo("2009-02-13T23:31:31.123456");
        assertThat(ROWS.value("CARDINALITY(list)")).isEqualTo(2);
        assertThat(ROWS.value("list = ARRAY[t, nil]")).isEqualTo(true);
    }

    @Test
    void shouldKnowTheTimeToTheMillisecond() {
        assertThat(ROWS.value("CURRENT_TIMESTAMP")).isEqualTo(1_700_000_000_123L);
        assertThat(ROWS.value("CURRENT_TIMESTAMP(6)")).isEqualTo(1_700_000_000_123_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MONTHNAME(t)",
                "LAST_DAY(t)",
                "TIMESTAMP_TRUNC(t, HOUR)",
                "CAST(t AS BIGINT)",
                "CAST(tm AS TIMESTAMP(6))",
                "ARRAY_CONTAINS(list, t)",
                "CAST(ARRAY[t] AS TIMESTAMP(3) ARRAY)",
                "TIMESTAMPADD(NANOSECOND, 5, t)",
                "TO_CHAR(t, 'YYYY')",
            })
    void shouldRefuseWhatHasNoMeaningInMicroseconds(String expression) {
        assertThat(ROWS.problem(expression))
                .contains(
                        "is not there for times of more than milliseconds: CAST them, for example to TIMESTAMP(3), first");
    }

    @Test
    void shouldRefuseALiteralThatIsTooFineForAnInterval() {
        assertThat(ROWS.problem("t + INTERVAL '0.0001' SECOND"))
                .contains("INTERVAL '0.0001' is finer than the milliseconds of an INTERVAL");
        assertThat(ROWS.problem("t - INTERVAL '1 0:00:00.123456' DAY TO SECOND(6)"))
                .contains("is finer than");
        assertThat(timestamp("t + INTERVAL '0.001000' SECOND(2, 6)")).isEqualTo("2009-02-13T23:31:30.124456");
    }

    @Property(tries = 30)
    void shouldAgreeWithJavaTime(
            @ForAll @LongRange(min = -60_000_000_000_000_000L, max = 60_000_000_000_000_000L) long micros,
            @ForAll @IntRange(min = -500, max = 500) int months) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
        assertThat(MicrosecondFunctions.plusMonths(micros, months)).isEqualTo(micros(time.plusMonths(months)));
        assertThat(MicrosecondFunctions.timestamp(MicrosecondFunctions.timestampText(micros), 6))
                .isEqualTo(micros);
        assertThat(LocalDateTime.parse(
                        MicrosecondFunctions.timestampText(micros).replace(' ', 'T')))
                .isEqualTo(time);
        SampleQuery query = sample(time.toString());
        assertThat(query.value("FLOOR(t TO HOUR)")).isEqualTo(micros(time.truncatedTo(ChronoUnit.HOURS)));
        assertThat(query.value("CAST(t AS DATE)"))
                .isEqualTo((int) time.toLocalDate().toEpochDay());
        assertThat(query.value("CAST(t AS TIME(6))"))
                .isEqualTo(time.toLocalTime().toNanoOfDay() / 1_000);
        assertThat(query.value("EXTRACT(MICROSECOND FROM t)"))
                .isEqualTo(time.getSecond() * 1_000_000L + time.get(ChronoField.MICRO_OF_SECOND));
        assertThat(query.value("CAST(t AS TIMESTAMP(3))"))
                .isEqualTo(time.toInstant(ZoneOffset.UTC).toEpochMilli());
        assertThat(LocalTime.ofNanoOfDay((Long) query.value("tm") * 1_000)).isEqualTo(time.toLocalTime());
    }

    private static long micros(String timestamp) {
        return micros(LocalDateTime.parse(timestamp));
    }

    private static long micros(LocalDateTime timestamp) {
        return timestamp.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + timestamp.get(ChronoField.MICRO_OF_SECOND);
    }

    /** The timestamp that an expression gives, in whichever unit its type says. */
    private static String timestamp(String expression) {
        long count = (Long) ROWS.value(expression);
        boolean isMicros = ROWS.type(expression).getPrecision() > 3;
        return LocalDateTime.ofInstant(
                        Instant.EPOCH.plus(count, isMicros ? ChronoUnit.MICROS : ChronoUnit.MILLIS), ZoneOffset.UTC)
                .toString();
    }
}
