package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query and the values of its parameters, which are texts.
 *
 * @param pieces its text, cut where parameters stand
 * @param parameters one between each two pieces
 */
record Query(List<String> pieces, List<String> parameters) {

    Query {
        pieces = List.copyOf(pieces);
        parameters = List.copyOf(parameters);
    }

    /** Its text with question marks. */
    String text() {
        return String.join("?", pieces);
    }

    /** Its text with literals, for a command that takes no parameters. */
    String inlined(Dialect dialect) {
        StringBuilder text = new StringBuilder(pieces.get(0));
        for (int i = 0; i < parameters.size(); i++) {
            text.append(dialect.textLiteral(parameters.get(i))).append(pieces.get(i + 1));
        }
        return text.toString();
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text());
        for (int i = 0; i < parameters.size(); i++) {
            statement.setString(i + 1, parameters.get(i));
        }
        return statement;
    }

    /** Puts a query together from left to right. */
    static final class Builder {

        private final List<String> pieces = new ArrayList<>();
        private final List<String> parameters = new ArrayList<>();
        private final StringBuilder piece = new StringBuilder();

        Builder add(String text) {
            piece.append(text);
            return this;
        }

        /** A parameter within an expression that has one question mark. */
        Builder add(String expression, String parameter) {
            int mark = expression.indexOf('?');
            pieces.add(piece.append(expression, 0, mark).toString());
            piece.setLength(0);
            piece.append(expression, mark + 1, expression.length());
            parameters.add(parameter);
            return this;
        }

        Query build() {
            List<String> all = new ArrayList<>(pieces);
            all.add(piece.toString());
            return new Query(all, parameters);
        }
    }
}
