package io.millrace.engine.sql.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Functions over texts against the same over lists of characters. */
final class TextCallsTest {

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "\u00e9", "\u65e5", "\uD83D\uDE00", "\uD83D\uDC68")
                .list()
                .ofMaxSize(12)
                .map(characters -> String.join("", characters));
    }

    private static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String text(List<String> characters) {
        return String.join("", characters);
    }

    @Property(tries = 2_000)
    void shouldCutAtCharacters(
            @ForAll("texts") String text,
            @ForAll @IntRange(min = -3, max = 15) int start,
            @ForAll @IntRange(max = 15) int length) {
        List<String> characters = characters(text);
        int size = characters.size();

        assertThat(TextCalls.length(text)).isEqualTo(size);
        assertThat(TextCalls.left(text, length)).isEqualTo(text(characters.subList(0, Math.min(length, size))));
        assertThat(TextCalls.right(text, length)).isEqualTo(text(characters.subList(Math.max(0, size - length), size)));
        int from = Math.min(size, Math.max(0, start - 1));
        int to = Math.max(from, Math.min(size, start - 1 + length));
        assertThat(TextCalls.substring(text, start)).isEqualTo(text(characters.subList(from, size)));
        assertThat(TextCalls.substring(text, start, length)).isEqualTo(text(characters.subList(from, to)));
        assertThat(TextCalls.cutOrPadded(text, length))
                .isEqualTo(
                        text(characters.subList(0, Math.min(length, size))) + " ".repeat(Math.max(0, length - size)));
    }

    @Property(tries = 2_000)
    void shouldFindByCharacters(
            @ForAll("texts") String text,
            @ForAll("texts") String seek,
            @ForAll @IntRange(min = -13, max = 13) int from) {
        List<String> characters = characters(text);
        List<String> sought = characters(seek);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + sought.size() <= characters.size(); i++) {
            if (characters.subList(i, i + sought.size()).equals(sought)) {
                places.add(i + 1);
            }
        }

        assertThat(TextSearch.position(seek, text)).isEqualTo(places.isEmpty() ? 0 : places.get(0));
        if (from > 0 && !seek.isEmpty()) {
            for (int occurrence = 1; occurrence <= 3; occurrence++) {
                assertThat(TextSearch.position(seek, text, from, occurrence))
                        .isEqualTo(places.stream()
                                .filter(place -> place >= from)
                                .skip(occurrence - 1L)
                                .findFirst()
                                .orElse(0));
            }
        }
        if (from < 0 && !seek.isEmpty()) {
            int last = characters.size() + from + 1;
            List<Integer> before = places.stream()
                    .filter(place -> place <= last)
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList();
            for (int occurrence = 1; occurrence <= 3; occurrence++) {
                assertThat(TextSearch.position(seek, text, from, occurrence))
                        .isEqualTo(before.size() < occurrence ? 0 : before.get(occurrence - 1));
            }
        }
    }

    @Property(tries = 1_000)
    void shouldPutInPlaceOfCharacters(
            @ForAll("texts") String text,
            @ForAll("texts") String other,
            @ForAll @IntRange(min = 1, max = 15) int start) {
        List<String> characters = characters(text);
        int from = Math.min(start - 1, characters.size());
        int to = Math.min(from + characters(other).size(), characters.size());
        String expected = text(characters.subList(0, from))
                + other
                + text(characters.subList(start - 1 > from ? from : to, characters.size()));

        assertThat(TextCalls.overlay(text, other, start)).isEqualTo(expected);
        assertThat(BoundedCalls.lpad(text, 20, "\uD83D\uDE00b")).satisfies(padded -> {
            assertThat(TextCalls.length(padded)).isEqualTo(20);
            assertThat(padded).endsWith(text).startsWith("\uD83D\uDE00b");
        });
    }

    @Example
    void shouldTranslateTrimAndCompareByCharacters() {
        assertThat(TextCalls.translate("a\uD83D\uDE00b", "\uD83D\uDE00b", "x")).isEqualTo("ax");
        assertThat(TextCalls.trim("\uD83D\uDE00", "\uD83D\uDE00\uD83D\uDC68\uD83D\uDE00"))
                .isEqualTo("\uD83D\uDC68");
        assertThat(TextCalls.trimLeading("ab", "abacab")).isEqualTo("cab");
        assertThat(TextCalls.levenshtein("\uD83D\uDE00a", "\uD83D\uDC68")).isEqualTo(2);
        assertThat(TextCalls.chr(0x1F600)).isEqualTo("\uD83D\uDE00");
        assertThat(RegexCalls.position("\uD83D\uDE00a1", "[0-9]")).isEqualTo(3);
        assertThat(RegexCalls.similar("\uD83D\uDE00%", "_\uD83D\uDE00%", "\uD83D\uDE00"))
                .isTrue();
    }

    @Example
    void shouldRefuseWhatHasNoMeaning() {
        assertThatThrownBy(() -> TextCalls.chr(0xD800)).hasMessage("There is no character 55296");
        assertThatThrownBy(() -> TextCalls.substring("a", 1, -1)).hasMessage("SUBSTRING takes no length of -1");
        assertThatThrownBy(() -> TextCalls.overlay("a", "b", 0)).hasMessageContaining("not at 0");
        assertThatThrownBy(() -> TextSearch.position("a", "b", 0)).hasMessageContaining("not 0");
        assertThat(TextCalls.substring("abc", Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(TextCalls.substring("abc", Long.MIN_VALUE, Long.MAX_VALUE)).isEmpty();
    }
}
