package io.millrace.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement about the rows of a relation. A row for which it is unknown (a null in a comparison) keeps it, as in SQL's CHECK. */
public sealed interface Rule {

    /** Where the rule stands. */
    Location location();

    /** What happens to a row that breaks it. */
    OnFailure onFailure();

    /** The rule as a person would write it on one line, for messages and quarantine. */
    String text();

    /** These columns are never null. */
    record NotNull(List<String> columns, Location location, OnFailure onFailure) implements Rule {
        public NotNull {
            columns = List.copyOf(columns);
        }

        @Override
        public String text() {
            return "not_null: [" + String.join(", ", columns) + "]";
        }
    }

    /**
     * The column's value lies between {@code min} and {@code max}, both included; null means no bound. Bounds are SQL
     * literals without quotes, compared in the column's type.
     */
    record Between(
            String column, @Nullable String min, @Nullable String max, Location location, OnFailure onFailure)
            implements Rule {
        @Override
        public String text() {
            StringBuilder text = new StringBuilder("between: {column: ").append(column);
            if (min != null) {
                text.append(", min: ").append(min);
            }
            if (max != null) {
                text.append(", max: ").append(max);
            }
            return text.append('}').toString();
        }
    }

    /** The column's value is one of these. */
    record AcceptedValues(String column, List<String> values, Location location, OnFailure onFailure) implements Rule {
        public AcceptedValues {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return "accepted_values: {column: " + column + ", values: [" + String.join(", ", values) + "]}";
        }
    }

    /** The SQL condition holds. */
    record Check(Text condition, Location location, OnFailure onFailure) implements Rule {
        @Override
        public String text() {
            return "check: " + condition.value().strip();
        }
    }
}
