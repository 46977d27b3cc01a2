package io.millrace.engine.sql;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;

/**
 * Reads the {@code columns} of a source, {@code name TYPE [NOT NULL], …}, into a row type. A column may be null unless it
 * says otherwise. {@code STRING} stands for {@code VARCHAR}, {@code BYTES} for {@code VARBINARY}, {@code INT} for {@code
 * INTEGER}.
 */
public final class ColumnList {

    private static final Pattern COLUMN = Pattern.compile(
            "\\s*(?:\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*))\\s+(.+?)(\\s+NOT\\s+NULL|\\s+NULL)?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Text text;
    private final List<Problem> problems;
    private final RelDataTypeFactory.Builder row = SqlDialect.types().builder();
    private final Set<String> names = new HashSet<>();

    private ColumnList(Text text, List<Problem> problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The row type, with every fault added to {@code problems}; columns that cannot be read are left out. */
    public static RelDataType read(Text text, List<Problem> problems) {
        ColumnList list = new ColumnList(text, problems);
        String columns = text.value();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i <= columns.length(); i++) {
            char c = i < columns.length() ? columns.charAt(i) : ',';
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '<')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '>')) {
                depth--;
            } else if (c == ',' && (i == columns.length() || (!quoted && depth == 0))) {
                list.column(columns.substring(start, i), start);
                start = i + 1;
            }
        }
        return list.row.build();
    }

    private void column(String column, int offset) {
        Matcher matcher = COLUMN.matcher(column);
        if (!matcher.matches()) {
            int blank = column.length() - column.stripLeading().length();
            problems.add(new Problem(
                    place(offset + blank),
                    "A column is written name TYPE [NOT NULL], not '" + column.strip() + "'",
                    "for example: id BIGINT NOT NULL, name STRING"));
            return;
        }
        String quotedName = matcher.group(1);
        String name = quotedName != null ? quotedName.replace("\"\"", "\"") : matcher.group(2);
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            problems.add(Problem.at(
                    place(offset + matcher.start(quotedName != null ? 1 : 2)), "Column '" + name + "' is named twice"));
            return;
        }
        String suffix = matcher.group(4);
        boolean isNullable = suffix == null || !suffix.toUpperCase(Locale.ROOT).contains("NOT");
        addType(name, matcher.group(3), offset + matcher.start(3), isNullable);
    }

    private void addType(String name, String typeText, int offset, boolean isNullable) {
        try {
            SqlDataTypeSpec spec = parseType(typeText);
            RelDataType type = SqlPlanner.deriveType(spec);
            row.add(name, SqlDialect.types().createTypeWithNullability(type, isNullable));
        } catch (SqlParseException | CalciteException e) {
            problems.add(new Problem(
                    place(offset),
                    "'" + typeText.strip() + "' is not a type that column '" + name + "' can have",
                    "types: BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p, s), STRING, BYTES, DATE, TIME, TIMESTAMP, "
                            + "TIMESTAMP WITH LOCAL TIME ZONE"));
        }
    }

    private static SqlDataTypeSpec parseType(String typeText) throws SqlParseException {
        String standard = switch (typeText.strip().toUpperCase(Locale.ROOT)) {
            case "STRING", "TEXT" -> "VARCHAR";
            case "BYTES" -> "VARBINARY";
            case "INT" -> "INTEGER";
            default -> typeText;
        };
        SqlBasicCall cast = (SqlBasicCall) SqlParser.create("CAST(NULL AS " + standard + ")", SqlDialect.PARSER)
                .parseExpression();
        return cast.operand(1);
    }

    private Location place(int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset && i < text.value().length(); i++) {
            if (text.value().charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return text.at(line, column);
    }
}
