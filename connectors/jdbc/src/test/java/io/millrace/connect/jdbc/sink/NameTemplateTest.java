package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class NameTemplateTest {

    private static String name(String template, String topic) {
        return new NameTemplate(template, "topic").apply(topic);
    }

    @Test
    void shouldMakeNamesOfTopics() {
        assertThat(name("${topic}", "a.b-c")).isEqualTo("a_b-c");
        assertThat(name("x_${topic.2}_${topic.-1}", "a.b.c")).isEqualTo("x_b_c");
        assertThat(name("${topic.4}", "a.b.c")).isEmpty();
        assertThat(name("${topic:upper}", "a.b$1")).isEqualTo("A_B$1");
        assertThat(name("${topic:snake}", "someHTTPThing.x-Y")).isEqualTo("some_http_thing_x_y");
        assertThat(name("plain $ text", "a")).isEqualTo("plain $ text");
    }

    @Test
    void shouldRefuseWhatStandsForNothing() {
        assertThatThrownBy(() -> new NameTemplate("${field}", "topic"))
                .hasMessageContaining("${field} stands for nothing");
        assertThatThrownBy(() -> new NameTemplate("${topic.0}", "topic")).hasMessageContaining("a placeholder is");
        assertThatThrownBy(() -> new NameTemplate("${topic:title}", "topic")).hasMessageContaining("a placeholder is");
    }
}
