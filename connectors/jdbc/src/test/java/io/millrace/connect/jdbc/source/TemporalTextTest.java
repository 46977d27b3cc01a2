package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TemporalTextTest {

    @Test
    void shouldReadDatesAndTimesAsTheCalendarHasThem() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            LocalDate day = LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_059));
            assertThat(TemporalText.days(day.toString())).isEqualTo((int) day.toEpochDay());
            LocalDateTime time = day.atStartOfDay().plus(random.nextLong(86_400_000_000L), ChronoUnit.MICROS);
            long micros = ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
            assertThat(TemporalText.micros(time.toString())).isEqualTo(micros);
            assertThat(TemporalText.micros(time.toString().replace('T', ' ') + "+02"))
                    .isEqualTo(micros - 7_200_000_000L);
            assertThat(TemporalText.microsOfDay(time.toLocalTime().toString()))
                    .isEqualTo(time.toLocalTime().toNanoOfDay() / 1000);
        }
        assertThat(TemporalText.micros("1970-01-01 00:00:00.5-03:30")).isEqualTo(12_600_500_000L);
    }

    @Test
    void shouldRefuseWhatIsNone() {
        for (String text : List.of(
                "",
                "infinity",
                "0000-00-00",
                "2023-02-29",
                "2024-13-01",
                "10000-01-01",
                "2024-01-01 24:00:00",
                "2024-01-01 10:00:60",
                "2024-01-01 10:00:00.",
                "2024-01-01 10:00:00.0000001",
                "2024-01-01 10:00:00 BC",
                "0001-01-01 00:00:00 BC",
                "2024-01-01x")) {
            assertThatThrownBy(() -> TemporalText.micros(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
