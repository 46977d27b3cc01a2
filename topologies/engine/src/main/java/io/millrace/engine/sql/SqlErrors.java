package io.millrace.engine.sql;

import io.millrace.document.NearestName;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Calcite's errors as problems of the file that holds the SQL, with the nearest name where a name is unknown. */
final class SqlErrors {

    private static final Pattern UNKNOWN_COLUMN =
            Pattern.compile("Column '([^']+)' not found in (?:any table|table '([^']+)')");
    private static final Pattern UNKNOWN_TABLE =
            Pattern.compile("(?:Object|Table) '([^']+)' not found.*", Pattern.DOTALL);
    private static final Pattern UNKNOWN_FUNCTION =
            Pattern.compile("No match found for function signature (\\w+)\\(.*", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS_WINDOW =
            Pattern.compile("Column '(window_(?:start|end|time))' is ambiguous", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCOUNTERED = Pattern.compile(
            "(?:Incorrect syntax near the keyword|Encountered) (.*?)(?: at line \\d+, column \\d+)?\\.?\\s*(?:Was expecting.*)?",
            Pattern.DOTALL);

    /** The end of {@code FETCH FIRST 3 ROWS WITH TIES}, which Calcite's grammar does not have. */
    private static final Pattern FETCH = Pattern.compile("(?:ROWS?\\s+)?WITH\\s+TIES\\b", Pattern.CASE_INSENSITIVE);

    private static final String NO_TIES = "There is no WITH TIES here: over a table, write SELECT … FROM"
            + " (SELECT …, RANK() OVER (ORDER BY …) AS place FROM …) WHERE place <= n";

    /** The relation of {@code TUMBLE(TABLE minute, …)}, which is not read where its name is a keyword. */
    private static final Pattern TABLE = Pattern.compile("TABLE\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    private final Map<String, RelDataType> relations;

    SqlErrors(Map<String, RelDataType> relations) {
        this.relations = relations;
    }

    Problem of(SqlParseException error, Text sql) {
        String first = firstLine(error);
        Matcher matcher = ENCOUNTERED.matcher(first);
        String message = matcher.matches()
                ? "The SQL cannot be read at " + matcher.group(1).strip()
                : first;
        String hint = matcher.matches() && beginsWithKeyword(matcher.group(1))
                ? "a column with the name of a keyword is written in double quotes"
                : null;
        SqlParserPos position = error.getPos();
        if (position != null) {
            String rest = rest(sql.value(), position);
            if (FETCH.matcher(rest).lookingAt()) {
                return new Problem(sql.at(position.getLineNum(), position.getColumnNum()), NO_TIES, null);
            }
            Matcher table = TABLE.matcher(rest);
            if (table.lookingAt() && beginsWithKeyword(table.group(1))) {
                hint = "'" + table.group(1) + "' is a keyword: as a name it is written in double quotes";
            }
        }
        // Calcite gives neither a position nor a message where its parser gave up for depth.
        return position == null
                ? Problem.at(sql.location(), "The SQL is nested too deeply to be read")
                : new Problem(sql.at(position.getLineNum(), position.getColumnNum()), message, hint);
    }

    /** What is left of a text from a position on. */
    private static String rest(String text, SqlParserPos position) {
        String[] lines = text.split("\\R", -1);
        int line = position.getLineNum() - 1;
        int column = position.getColumnNum() - 1;
        if (line >= lines.length || column > lines[line].length()) {
            return "";
        }
        String inLine = lines[line].substring(column);
        List<String> after = Arrays.asList(lines).subList(line + 1, lines.length);
        return after.isEmpty() ? inLine : inLine + "\n" + String.join("\n", after);
    }

    private static boolean beginsWithKeyword(String encountered) {
        Matcher word = Pattern.compile("\\W*(\\w+).*", Pattern.DOTALL).matcher(encountered);
        return word.matches()
                && SqlParser.create("", SqlDialect.PARSER)
                        .getMetadata()
                        .isReservedWord(word.group(1).toUpperCase(Locale.ROOT));
    }

    Problem of(CalciteContextException error, Text sql) {
        return of(error, sql, null);
    }

    Problem of(CalciteContextException error, Text sql, @Nullable RelDataType rowType) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        String message = firstLine(cause);
        return new Problem(
                sql.at(Math.max(1, error.getPosLine()), Math.max(1, error.getPosColumn())),
                withoutFullStop(message),
                hint(message, rowType));
    }

    Problem of(Throwable error, Text sql) {
        SqlParserPos position = error instanceof RefusedException refused ? refused.position() : SqlParserPos.ZERO;
        return at(position, error, sql);
    }

    /** What is refused of a query that could be planned, at the clause that it is about. */
    Problem of(UnsupportedOperationException refusal, Text sql, ClausePlaces places) {
        return at(refusal instanceof RefusedException refused ? places.of(refused) : SqlParserPos.ZERO, refusal, sql);
    }

    private static Problem at(SqlParserPos position, Throwable error, Text sql) {
        return Problem.at(
                position.getLineNum() == 0 ? sql.location() : sql.at(position.getLineNum(), position.getColumnNum()),
                withoutFullStop(firstLine(error)));
    }

    private @Nullable String hint(String message, @Nullable RelDataType rowType) {
        Matcher column = UNKNOWN_COLUMN.matcher(message);
        if (column.find()) {
            return nearest(column.group(1), columns(column.group(2), rowType));
        }
        Matcher table = UNKNOWN_TABLE.matcher(message);
        if (table.matches()) {
            return nearest(table.group(1), relations.keySet());
        }
        Matcher function = UNKNOWN_FUNCTION.matcher(message);
        if (function.matches()) {
            return nearest(function.group(1), functionNames());
        }
        Matcher ofWindow = AMBIGUOUS_WINDOW.matcher(message);
        return ofWindow.find()
                ? "the window has a column of this name, and its input too: select that under another, "
                        + ofWindow.group(1) + " AS …"
                : null;
    }

    private Collection<String> columns(@Nullable String table, @Nullable RelDataType rowType) {
        if (rowType != null) {
            return rowType.getFieldNames();
        }
        RelDataType known = table == null ? null : relations.get(table);
        if (known != null) {
            return known.getFieldNames();
        }
        List<String> all = new ArrayList<>();
        relations.values().forEach(relation -> all.addAll(relation.getFieldNames()));
        return all;
    }

    private static Collection<String> functionNames() {
        Collection<String> names = new TreeSet<>();
        SqlDialect.operators().getOperatorList().forEach(operator -> names.add(operator.getName()));
        return names;
    }

    private static @Nullable String nearest(String name, Collection<String> candidates) {
        Optional<String> nearest = NearestName.of(name, candidates);
        return nearest.map(found -> "did you mean '" + found + "'?").orElse(null);
    }

    private static String firstLine(Throwable wrapped) {
        Throwable error = wrapped;
        // Calcite says what it was doing; why that failed is within.
        while (error.getCause() != null
                && error.getMessage() != null
                && error.getMessage().toLowerCase(Locale.ROOT).startsWith("while ")) {
            error = error.getCause();
        }
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
