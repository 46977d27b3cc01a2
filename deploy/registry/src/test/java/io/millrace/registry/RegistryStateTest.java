package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RegistryStateTest {

    private final RegistryState state = new RegistryState();

    private void apply(String key, @Nullable String value) {
        state.apply(InMemorySchemaLog.record(key.replace('\'', '"'), value == null ? null : value.replace('\'', '"')));
    }

    private void applySchema(String subject, int version, int id, String schema) {
        apply(
                "{'keytype':'SCHEMA','subject':'" + subject + "','version':" + version + ",'magic':1}",
                "{'subject':'" + subject + "','version':" + version + ",'id':" + id + ",'schema':'\\\"" + schema
                        + "\\\"','deleted':false}");
    }

    private List<Integer> live(String subject) {
        return state.live(subject).stream().map(StoredSchema::version).toList();
    }

    private List<Integer> all(String subject) {
        return state.versions(subject).stream().map(StoredSchema::version).toList();
    }

    @Test
    void shouldDeleteASubjectUpToAVersion() {
        applySchema("s", 1, 1, "int");
        applySchema("s", 2, 2, "long");
        apply("{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}", "{'subject':'s','version':2}");
        applySchema("s", 3, 1, "int");
        assertThat(live("s")).containsExactly(3);
        assertThat(all("s")).containsExactly(1, 2, 3);
    }

    @Test
    void shouldForgetTombstonesAndTheirIds() {
        applySchema("s", 1, 1, "int");
        apply("{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}", null);
        assertThat(state.exists("s", true)).isFalse();
        assertThat(state.ids().anyOf(1)).isEmpty();
        assertThat(state.ids().highest()).isEqualTo(1);
    }

    @Test
    void shouldClearOnlyWhatIsDeleted() {
        applySchema("s", 1, 1, "int");
        apply("{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}", "{'subject':'s','version':1}");
        applySchema("s", 2, 2, "long");
        apply("{'keytype':'CLEAR_SUBJECT','subject':'s','magic':0}", "{'subject':'s'}");
        assertThat(all("s")).containsExactly(2);
    }

    @Test
    void shouldLeaveOutAnIdThatAnotherSchemaHas() {
        applySchema("s", 1, 1, "int");
        applySchema("t", 1, 1, "long");
        applySchema("u", 1, 1, "int");
        assertThat(state.exists("t", true)).isFalse();
        assertThat(live("u")).containsExactly(1);
    }

    @Test
    void shouldLeaveOutWhatItCannotRead() {
        apply("not json", "{}");
        apply("{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}", "[]");
        apply("{'keytype':'SCHEMA','subject':'s','version':1,'magic':1}", "{'id':1}");
        apply("{'keytype':'CONTEXT','tenant':'t','context':'.c','magic':0}", "{'tenant':'t','context':'.c'}");
        apply("{'keytype':'NOOP','magic':0}", null);
        apply("{'keytype':'DELETE_SUBJECT','subject':'s','magic':0}", null);
        applySchema(":.c:s", 1, 1, "long");
        applySchema("s", 1, 1, "int");
        assertThat(state.all()).hasSize(1);
    }

    @Test
    void shouldDeleteInEverySpellingOfAKey() {
        apply("{'keytype':'CONFIG','magic':0}", "{'compatibilityLevel':'FULL'}");
        apply("{'subject':null,'magic':0,'keytype':'CONFIG'}", "{'compatibilityLevel':'NONE'}");
        RecordKey key = new RecordKey.Config(null);
        assertThat(state.spellings().records(Change.Entry.removal(key)))
                .containsExactly(
                        InMemorySchemaLog.record("{\"keytype\":\"CONFIG\",\"magic\":0}", null),
                        InMemorySchemaLog.record("{\"subject\":null,\"magic\":0,\"keytype\":\"CONFIG\"}", null),
                        InMemorySchemaLog.record("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}", null));

        apply("{'keytype':'CONFIG','magic':0}", null);
        apply("{'subject':null,'magic':0,'keytype':'CONFIG'}", null);
        assertThat(state.spellings().records(Change.Entry.removal(key))).hasSize(1);
    }
}
