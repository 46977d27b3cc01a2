package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TextTableTest {

    @Test
    void shouldSetNumbersToTheRightAndTextToTheLeft() {
        StringWriter out = new StringWriter();
        new TextTable("source", "rows", "took")
                .row("flights", "10,000", "1.5 s")
                .row("airports", "3", "12.0 s")
                .print(new PrintWriter(out), "  ");
        assertThat(out.toString().lines())
                .containsExactly(
                        "  source      rows    took", "  flights   10,000   1.5 s", "  airports       3  12.0 s");
    }

    @Test
    void shouldRefuseARowOfAnotherWidth() {
        TextTable table = new TextTable("a", "b");
        assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells for 2 columns");
    }
}
