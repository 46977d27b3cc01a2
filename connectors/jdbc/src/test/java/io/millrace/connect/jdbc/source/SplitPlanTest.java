package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

final class SplitPlanTest {

    private static final SplitPlan PLAN =
            new SplitPlan("p1", "2024-01-01 \"x\"", List.of(List.of("a", "1"), List.of("ä,\n", "2")));

    @Test
    void shouldDivideAllKeys() {
        assertThat(PLAN.splits()).isEqualTo(3);
        assertThat(PLAN.range(0).from()).isNull();
        assertThat(PLAN.range(0).to()).isEqualTo(RowRange.Bound.including(List.of("a", "1")));
        assertThat(PLAN.range(1).from()).isEqualTo(RowRange.Bound.excluding(List.of("a", "1")));
        assertThat(PLAN.range(2).to()).isNull();
    }

    @Test
    void shouldBeToldByATextAgain() {
        assertThat(SplitPlan.parse(PLAN.text())).isEqualTo(PLAN);
        assertThatThrownBy(() -> SplitPlan.parse("{\"id\"")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldGoThroughATasksConfiguration() {
        List<Assignment> work =
                List.of(new Assignment(new TableName("S", "a.b"), PLAN, 1), Assignment.whole(new TableName(null, "c")));
        Map<String, String> written = Assignment.write(Map.of("name", "x"), work, 1, 4);
        assertThat(Assignment.read(written)).isEqualTo(work);
        assertThat(written)
                .containsEntry("name", "x")
                .containsEntry("task.number", "1")
                .containsEntry("task.count", "4");
        assertThat(Assignment.read(Map.of())).containsExactly(Assignment.whole(null));
    }
}
