package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Writes a condition in a database's SQL, so that it is true of a table's row exactly when it is true of the row as it is read: texts are
 * equal when all of their bytes are, and times are those to which they are cut.
 *
 * @param columns the table
 * @param dialect whose SQL it is
 */
record ConditionSql(SourceColumns columns, Dialect dialect) {

    /**
     * The text of a condition, for behind WHERE; empty when it has no parts.
     *
     * @throws ConnectException naming the column, when there is none, or one that cannot be compared so
     */
    String of(Condition condition) {
        return condition instanceof Condition.All all && all.parts().isEmpty() ? "" : text(condition);
    }

    private String text(Condition condition) {
        if (condition instanceof Condition.All all) {
            return joined(all.parts(), " AND ");
        }
        if (condition instanceof Condition.Any any) {
            return joined(any.parts(), " OR ");
        }
        if (condition instanceof Condition.Nullness nullness) {
            return dialect.quote(column(nullness.column()).name()) + (nullness.isNull() ? " IS NULL" : " IS NOT NULL");
        }
        if (condition instanceof Condition.Comparison comparison) {
            return comparison(column(comparison.column()), comparison.comparator(), comparison.literal());
        }
        return membership((Condition.Membership) condition);
    }

    private String joined(List<Condition> parts, String word) {
        return parts.stream().map(this::text).collect(Collectors.joining(word, "(", ")"));
    }

    private TableColumn column(String name) {
        return columns.require(name, SourceDefinition.WHERE);
    }

    private String membership(Condition.Membership membership) {
        TableColumn column = column(membership.column());
        boolean isTexts = membership.literals().stream().allMatch(Condition.Literal.Text.class::isInstance);
        if (isTexts) {
            return text(column, membership.isAmong())
                    + membership.literals().stream()
                            .map(literal -> dialect.textLiteral(((Condition.Literal.Text) literal).value()))
                            .collect(Collectors.joining(", ", membership.isAmong() ? " IN (" : " NOT IN (", ")"));
        }
        Condition.Comparator comparator =
                membership.isAmong() ? Condition.Comparator.EQUAL : Condition.Comparator.NOT_EQUAL;
        return membership.literals().stream()
                .map(literal -> comparison(column, comparator, literal))
                .collect(Collectors.joining(membership.isAmong() ? " OR " : " AND ", "(", ")"));
    }

    private String comparison(TableColumn column, Condition.Comparator comparator, Condition.Literal literal) {
        String name = dialect.quote(column.name());
        String operator = " " + comparator.sign() + " ";
        ColumnFamily family = dialect.family(column);
        if (literal instanceof Condition.Literal.Numeric number
                && (family == ColumnFamily.WHOLE || family == ColumnFamily.DECIMAL)) {
            return name + operator + number.value().toPlainString();
        }
        if (literal instanceof Condition.Literal.Day day && family == ColumnFamily.DATE) {
            return name + operator + "DATE '" + day.value() + "'";
        }
        if (literal instanceof Condition.Literal.Bool bool
                && family == ColumnFamily.BOOLEAN
                && !comparator.isOfOrder()) {
            return name + operator + (bool.value() ? "TRUE" : "FALSE");
        }
        if (literal instanceof Condition.Literal.Moment moment
                && (family == ColumnFamily.LOCAL_TIMESTAMP || family == ColumnFamily.INSTANT)) {
            return moment(name, comparator, moment.value(), family == ColumnFamily.INSTANT);
        }
        if (literal instanceof Condition.Literal.Text text && !comparator.isOfOrder()) {
            return text(column, comparator == Condition.Comparator.EQUAL)
                    + operator
                    + dialect.textLiteral(text.value());
        }
        throw refused(column, comparator, literal);
    }

    /** A row's time is cut to the millisecond: it is equal to all of the microseconds that begin there. */
    private String moment(String name, Condition.Comparator comparator, LocalDateTime value, boolean isInstant) {
        String from = dialect.timestampLiteral(value, isInstant);
        String to = dialect.timestampLiteral(value.plus(1, ChronoUnit.MILLIS), isInstant);
        return switch (comparator) {
            case EQUAL -> "(" + name + " >= " + from + " AND " + name + " < " + to + ")";
            case NOT_EQUAL -> "(" + name + " < " + from + " OR " + name + " >= " + to + ")";
            case LESS -> name + " < " + from;
            case LESS_OR_EQUAL -> name + " < " + to;
            case GREATER -> name + " >= " + to;
            case GREATER_OR_EQUAL -> name + " >= " + from;
        };
    }

    /**
     * A column's text as rows carry it. Where a collation takes more texts for equal than bytes do, equality may follow it, since more is
     * read then and not less; an index can be used so.
     */
    private String text(TableColumn column, boolean isEquality) {
        ColumnFamily family = dialect.family(column);
        if (family == ColumnFamily.BYTES || dialect.isPadded(column)) {
            throw new ConnectException(
                    "Column '" + column.name() + "' of table " + columns.table().name() + " is of type "
                            + column.typeName() + ", which " + SourceDefinition.WHERE
                            + " cannot compare with a text: leave it out"
                            + " of the condition; " + ELSEWHERE);
        }
        String name = dialect.quote(column.name());
        String text = dialect.isPlainText(column) ? name : dialect.asText(name);
        return isEquality ? text : dialect.byBytes(text);
    }

    private static final String ELSEWHERE = "in a pipeline, say push_down: columns, and its steps filter the rows";

    private ConnectException refused(TableColumn column, Condition.Comparator comparator, Condition.Literal literal) {
        String why = literal instanceof Condition.Literal.Text
                ? "the order of texts is not the same everywhere, so that " + SourceDefinition.WHERE
                        + " compares them by =, <>, IN only"
                : dialect.family(column) == ColumnFamily.FLOATING
                        ? SourceDefinition.WHERE + " does not compare floating-point numbers"
                        : "it is of type " + column.typeName() + ", which cannot be compared with "
                                + literal.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " by "
                                + comparator.sign();
        return new ConnectException(
                "Column '" + column.name() + "' of table " + columns.table().name() + ": " + why + "; " + ELSEWHERE);
    }
}
