package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetainedStoresTest {

    private final RetainedStores stores = new RetainedStores();
    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void fillStore() {
        store = stores.keyValue("s").get();
        for (String key : List.of("b", "a", "ab", "abc", "c")) {
            store.put(bytes(key), new byte[] {1});
        }
    }

    @Test
    void shouldGiveRangesWithBothTheirEnds() {
        assertThat(keys(store.range(bytes("ab"), bytes("b")))).containsExactly("ab", "abc", "b");
        assertThat(keys(store.range(null, bytes("ab")))).containsExactly("a", "ab");
        assertThat(keys(store.range(bytes("b"), null))).containsExactly("b", "c");
        assertThat(keys(store.range(bytes("b"), bytes("a")))).isEmpty();
        assertThat(keys(store.reverseRange(bytes("ab"), bytes("b")))).containsExactly("b", "abc", "ab");
    }

    @Test
    void shouldGiveWhatBeginsWithAPrefix() {
        assertThat(keys(store.prefixScan("ab", new StringSerializer()))).containsExactly("ab", "abc");
    }

    @Test
    void shouldKeepItsContentForTheNextStoreOfItsName() {
        store.delete(bytes("abc"));
        store.close();
        assertThat(keys(stores.keyValue("s").get().all())).containsExactly("a", "ab", "b", "c");
        assertThat(keys(stores.keyValue("other").get().all())).isEmpty();
    }

    @Test
    void shouldIterateOverWhatWasThereAlthoughItIsDeleted() {
        List<String> seen = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                store.delete(key);
                seen.add(text(key));
            }
        }
        assertThat(seen).hasSize(5);
        assertThat(keys(store.all())).isEmpty();
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }

    private static List<String> keys(KeyValueIterator<Bytes, byte[]> entries) {
        List<String> keys = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(text(entry.key)));
        }
        return keys;
    }
}
