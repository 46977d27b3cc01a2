package io.millrace.engine.sql;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * Reads the {@code columns} of a source, {@code name TYPE [NOT NULL], …}, into a row type. A column may be null unless it
 * says otherwise, and so may an element of an array, a value of a map and a field of a ROW. {@code STRING} stands for {@code
 * VARCHAR}, {@code BYTES} for {@code VARBINARY}, {@code INT} for {@code INTEGER}; {@code ARRAY<type>} and {@code type ARRAY}
 * are the same, and so are {@code ROW(…)} and {@code ROW<…>}.
 */
public final class ColumnList {

    private final Text text;
    private final List<Problem> problems;
    private final ColumnScanner scanner;
    private final RelDataTypeFactory.Builder row = SqlDialect.types().builder();
    private final Set<String> names = new HashSet<>();
    private final int[] lineStarts;

    private ColumnList(Text text, List<Problem> problems) {
        this.text = text;
        this.problems = problems;
        this.scanner = new ColumnScanner(text.value());
        String value = text.value();
        this.lineStarts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, value.length())
                                .filter(i -> value.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** The row type, with every fault added to {@code problems}; columns that cannot be read are left out. */
    public static RelDataType read(Text text, List<Problem> problems) {
        ColumnList list = new ColumnList(text, problems);
        do {
            int start = list.scanner.position();
            if (!list.column()) {
                list.scanner.skipColumn(start);
            }
        } while (list.scanner.accept(','));
        return list.row.build();
    }

    /** What is written of each column of a list that could be read, in its order. */
    public static List<String> texts(Text text) {
        ColumnList list = new ColumnList(text, new ArrayList<>());
        List<String> texts = new ArrayList<>();
        do {
            int start = list.scanner.position();
            if (list.column()) {
                texts.add(list.scanner.between(start, list.scanner.position()).strip());
            } else {
                list.scanner.skipColumn(start);
            }
        } while (list.scanner.accept(','));
        return texts;
    }

    /** Reads one column; false when it cannot be read, which is told. */
    private boolean column() {
        int start = scanner.position();
        String name = scanner.name();
        if (name == null || isAtEndOfColumn()) {
            scanner.skipColumn(start);
            problems.add(new Problem(
                    place(start),
                    "A column is written name TYPE [NOT NULL], not '" + scanner.between(start, scanner.position())
                            + "'",
                    "for example: id BIGINT NOT NULL, name STRING"));
            return false;
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            problems.add(Problem.at(place(start), "Column '" + name + "' is named twice"));
            return false;
        }
        try {
            int typeStart = scanner.position();
            RelDataType type = new ColumnTypes(scanner).read();
            int end = scanner.position();
            if (!isAtEndOfColumn()) {
                scanner.skipColumn(typeStart);
                throw new ColumnTypes.NoTypeException(
                        end,
                        "'" + scanner.between(end, scanner.position()) + "' does not belong to a type",
                        "columns are separated by commas");
            }
            row.add(name, type);
            return true;
        } catch (ColumnTypes.NoTypeException e) {
            problems.add(new Problem(place(e.position), "Column '" + name + "': " + e.getMessage(), e.hint));
            return false;
        }
    }

    private boolean isAtEndOfColumn() {
        return scanner.isAtEnd() || scanner.isNext(',');
    }

    private Location place(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return text.at(line + 1, offset - lineStarts[line] + 1);
    }
}
