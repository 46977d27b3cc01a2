package io.millrace.engine.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * How large a query may be. Calcite's time grows with the square or the cube of some of these, and its depth with others, so that
 * a few hundred kilobytes could keep it busy for hours; within these bounds it takes seconds.
 */
final class QueryBounds {

    /** Of the whole text, in characters. */
    static final int MAX_LENGTH = 1_000_000;

    /** Of parentheses, brackets and CASEs within each other. */
    static final int MAX_DEPTH = 200;

    /** Words, numbers and signs between two commas. */
    static final int MAX_WORDS = 5_000;

    /** LIKE and its like between two commas: for these, Calcite's parser takes cubic time. */
    static final int MAX_LIKES = 300;

    /** Of ROW, ARRAY and MAP within each other, as types or as values: typing these takes exponential time. */
    static final int MAX_TYPE_DEPTH = 12;

    /** In the whole text, and with what the names of a WITH stand for: the planner weighs each with all others. */
    static final int MAX_JOINS = 50;

    /** With what the names of a WITH stand for. */
    static final int MAX_RELATIONS = 500;

    /** Of one GROUP BY: a CUBE has two for each column more. */
    static final int MAX_GROUPING_SETS = 512;

    /** Of one SELECT. */
    static final int MAX_COLUMNS = 1_000;

    private static final Set<String> LIKES = Set.of("LIKE", "ILIKE", "RLIKE", "REGEXP", "SIMILAR", "BETWEEN", "MEMBER");

    private static final Set<String> COLLECTIONS = Set.of("ROW", "ARRAY", "MAP", "MULTISET", "STRUCT");

    private static final class Item {
        private boolean isCollection;
        private int words;
        private int likes;
    }

    private final String sql;
    private final Deque<Item> open = new ArrayDeque<>();
    private int collections;
    private int suffixes;
    private int joins;
    private boolean isEmpty = true;

    private QueryBounds(String sql) {
        this.sql = sql;
        open.push(new Item());
    }

    /**
     * Refuses, before anything is parsed, a text that is out of bounds.
     *
     * @throws UnsupportedOperationException with the bound and what to do
     */
    static void check(String sql) {
        if (sql.length() > MAX_LENGTH) {
            throw new UnsupportedOperationException("The SQL has " + sql.length() + " characters, and at most "
                    + MAX_LENGTH + " are read: make it several steps");
        }
        QueryBounds bounds = new QueryBounds(sql);
        bounds.scan();
        if (bounds.isEmpty) {
            throw new UnsupportedOperationException("The SQL is empty, or only a comment");
        }
    }

    /** Refuses a query with too many columns, relations, joins or grouping sets. */
    static void check(SqlNode query) {
        RepeatedOperands.check(query);
        QuerySize size = QuerySize.of(query);
        if (size.joins() > MAX_JOINS || size.relations() > MAX_RELATIONS) {
            throw new UnsupportedOperationException("The SQL has more than "
                    + (size.joins() > MAX_JOINS ? MAX_JOINS + " joins" : MAX_RELATIONS + " relations")
                    + ", with what the names of a WITH stand for: make it several steps");
        }
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select) {
                    check(select);
                }
                return super.visit(call);
            }
        });
    }

    private static void check(SqlSelect select) {
        if (select.getSelectList().size() > MAX_COLUMNS) {
            throw new UnsupportedOperationException("A SELECT has "
                    + select.getSelectList().size() + " columns, and at most " + MAX_COLUMNS + " can be planned");
        }
        if (select.getGroup() != null && groupingSets(select.getGroup()) > MAX_GROUPING_SETS) {
            throw new UnsupportedOperationException("A GROUP BY has more than " + MAX_GROUPING_SETS
                    + " grouping sets: write those that are needed as GROUPING SETS (…)");
        }
    }

    /** How many sets of columns the parts of a GROUP BY group by, each with each. */
    private static double groupingSets(SqlNodeList parts) {
        double sets = 1;
        for (SqlNode part : parts) {
            sets *= part instanceof SqlCall call ? groupingSets(call) : 1;
        }
        return sets;
    }

    private static double groupingSets(SqlCall part) {
        return switch (part.getKind()) {
            case CUBE -> Math.pow(2, part.operandCount());
            case ROLLUP -> part.operandCount() + 1.0;
            case GROUPING_SETS ->
                part.getOperandList().stream()
                        .mapToDouble(set -> set instanceof SqlCall call ? groupingSets(call) : 1)
                        .sum();
            default -> 1;
        };
    }

    private void scan() {
        for (int i = 0; i < sql.length(); ) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                int end = sql.indexOf(c, i + 1);
                i = end < 0 ? sql.length() : end + 1;
                word();
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                i = end < 0 ? sql.length() : end + 2;
            } else if (Character.isJavaIdentifierStart(c)) {
                int start = i;
                while (i < sql.length() && Character.isJavaIdentifierPart(sql.charAt(i))) {
                    i++;
                }
                keyword(sql.substring(start, i).toUpperCase(Locale.ROOT));
            } else {
                i++;
                sign(c);
            }
        }
    }

    private void sign(char c) {
        isEmpty &= Character.isWhitespace(c);
        switch (c) {
            case '(', '[' -> {
                word();
                nest();
            }
            case ')', ']' -> unnest();
            case ',' -> {
                current().words = 0;
                current().likes = 0;
            }
            default -> {
                if (!Character.isWhitespace(c)) {
                    word();
                }
            }
        }
    }

    private void keyword(String word) {
        word();
        suffixes = COLLECTIONS.contains(word) ? suffixes + 1 : 0;
        requireShallow(suffixes);
        if (word.equals("CASE")) {
            nest();
        } else if (word.equals("END")) {
            unnest();
        } else if (word.equals("JOIN") && ++joins > MAX_JOINS) {
            throw new UnsupportedOperationException(
                    "The SQL has more than " + MAX_JOINS + " times JOIN: make it several steps");
        } else if (LIKES.contains(word) && ++current().likes > MAX_LIKES) {
            throw new UnsupportedOperationException("An expression has more than " + MAX_LIKES
                    + " times LIKE or BETWEEN: put parts of it into a step before");
        }
    }

    private void word() {
        isEmpty = false;
        if (++current().words > MAX_WORDS) {
            throw new UnsupportedOperationException("Between two commas, the SQL has more than " + MAX_WORDS
                    + " words: put parts of it into a step before, or write IN (…) for many alternatives");
        }
    }

    private Item current() {
        return open.element();
    }

    private void nest() {
        Item item = new Item();
        open.push(item);
        if (suffixes > 0) {
            item.isCollection = true;
            requireShallow(++collections);
        }
        suffixes = 0;
        if (open.size() > MAX_DEPTH) {
            throw new UnsupportedOperationException("The SQL is nested too deeply to be read");
        }
    }

    private void unnest() {
        if (open.size() > 1 && open.pop().isCollection) {
            collections--;
        }
    }

    private static void requireShallow(int depth) {
        if (depth > MAX_TYPE_DEPTH) {
            throw new UnsupportedOperationException("ROW, ARRAY and MAP are nested more than " + MAX_TYPE_DEPTH
                    + " levels deep: make parts of it columns of their own");
        }
    }
}
