package io.millrace.connect.jdbc.source;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * What a row has to meet to be read. There is no negation: what is negated is written as what it comes to, which in SQL's three truth values
 * is the same, so that a condition is as true in the database as a reader of the rows would find it.
 */
public sealed interface Condition {

    /** All of some conditions. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of some conditions. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** A column's value compared with a literal. */
    record Comparison(String column, Comparator comparator, Literal literal) implements Condition {}

    /** A column's value among some literals, or among none of them. */
    record Membership(String column, boolean isAmong, List<Literal> literals) implements Condition {
        public Membership {
            literals = List.copyOf(literals);
        }
    }

    /** A column without a value, or with one. */
    record Nullness(String column, boolean isNull) implements Condition {}

    /** How two values are compared. */
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isOfOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        /** What is true of two values exactly when this is false of them. */
        Comparator negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }
    }

    /** A value as the configuration writes it. */
    sealed interface Literal {

        record Numeric(BigDecimal value) implements Literal {}

        record Text(String value) implements Literal {}

        record Bool(boolean value) implements Literal {}

        record Day(LocalDate value) implements Literal {}

        /** A date and time of day, UTC, to the millisecond. */
        record Moment(LocalDateTime value) implements Literal {}
    }

    /** Exactly when this is not true and not unknown. */
    default Condition negated() {
        if (this instanceof All all) {
            return new Any(all.parts().stream().map(Condition::negated).toList());
        }
        if (this instanceof Any any) {
            return new All(any.parts().stream().map(Condition::negated).toList());
        }
        if (this instanceof Comparison comparison) {
            return new Comparison(comparison.column(), comparison.comparator().negated(), comparison.literal());
        }
        if (this instanceof Membership membership) {
            return new Membership(membership.column(), !membership.isAmong(), membership.literals());
        }
        Nullness nullness = (Nullness) this;
        return new Nullness(nullness.column(), !nullness.isNull());
    }
}
