package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Where the clauses of a query begin, for what is found out of its relations. Relations have no places: an expression of theirs
 * may have one, and else a clause has that is the only one of its kind.
 */
final class ClausePlaces extends SqlBasicVisitor<@Nullable Void> {

    private enum Clause {
        JOIN,
        GROUP_BY,
        ORDER_BY,
        SET_OPERATION,
        VALUES,
        UNNEST,
        TABLE_FUNCTION,
        QUERY_IN_EXPRESSION
    }

    private final Map<Clause, List<SqlParserPos>> places = new EnumMap<>(Clause.class);

    private ClausePlaces() {}

    static ClausePlaces of(SqlNode query) {
        ClausePlaces places = new ClausePlaces();
        query.accept(places);
        return places;
    }

    private void add(Clause clause, SqlParserPos place) {
        places.computeIfAbsent(clause, key -> new ArrayList<>()).add(place);
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlJoin join) {
            add(Clause.JOIN, join.getJoinTypeNode().getParserPosition());
        } else if (call instanceof SqlOrderBy ordered) {
            SqlNode first = ordered.orderList.isEmpty() ? ordered.fetch : ordered.orderList.get(0);
            add(Clause.ORDER_BY, first == null ? call.getParserPosition() : first.getParserPosition());
        } else if (call instanceof SqlSelect select) {
            select(select);
        } else if (call.isA(SqlKind.SET_QUERY)) {
            add(Clause.SET_OPERATION, call.operand(1).getParserPosition());
        } else if (call.getKind() == SqlKind.VALUES) {
            add(Clause.VALUES, call.getParserPosition());
        } else if (call.getKind() == SqlKind.UNNEST) {
            add(Clause.UNNEST, call.getParserPosition());
        } else if (call.getKind() == SqlKind.COLLECTION_TABLE) {
            add(Clause.TABLE_FUNCTION, call.getParserPosition());
        }
        return super.visit(call);
    }

    private void select(SqlSelect select) {
        SqlNodeList groups = select.getGroup();
        if (groups != null) {
            add(Clause.GROUP_BY, groups.getParserPosition());
        }
        List<SqlNode> expressions = new ArrayList<>(select.getSelectList());
        for (SqlNode expression : new SqlNode[] {select.getWhere(), select.getHaving()}) {
            if (expression != null) {
                expressions.add(expression);
            }
        }
        for (SqlNode expression : expressions) {
            expression.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (call instanceof SqlSelect query) {
                        add(Clause.QUERY_IN_EXPRESSION, query.getParserPosition());
                        return null;
                    }
                    return super.visit(call);
                }
            });
        }
    }

    /** The place of what was refused; zero when it is not known. */
    SqlParserPos of(RefusedException refusal) {
        RelNode relation = refusal.relation();
        if (refusal.position().getLineNum() > 0 || relation == null) {
            return refusal.position();
        }
        if (relation instanceof Project project) {
            SqlParserPos over = first(project.getProjects(), true);
            return over.getLineNum() > 0
                    ? over
                    : onlyOr(Clause.QUERY_IN_EXPRESSION, first(project.getProjects(), false));
        }
        if (relation instanceof Filter filter) {
            return onlyOr(Clause.QUERY_IN_EXPRESSION, ExpressionPlaces.first(filter.getCondition()));
        }
        if (relation instanceof Join join) {
            return onlyOr(Clause.JOIN, ExpressionPlaces.first(join.getCondition()));
        }
        if (relation instanceof TableFunctionScan scan) {
            return onlyOr(Clause.TABLE_FUNCTION, ExpressionPlaces.first(scan.getCall()));
        }
        if (relation instanceof Aggregate aggregate) {
            List<AggregateCall> calls = aggregate.getAggCallList();
            return calls.size() == 1 ? calls.get(0).getParserPosition() : onlyOr(Clause.GROUP_BY, SqlParserPos.ZERO);
        }
        Clause clause = clause(relation);
        return clause == null ? SqlParserPos.ZERO : onlyOr(clause, SqlParserPos.ZERO);
    }

    private static @Nullable Clause clause(RelNode relation) {
        if (relation instanceof Sort) {
            return Clause.ORDER_BY;
        }
        if (relation instanceof SetOp) {
            return Clause.SET_OPERATION;
        }
        if (relation instanceof Values) {
            return Clause.VALUES;
        }
        return relation instanceof Correlate ? Clause.UNNEST : null;
    }

    private static SqlParserPos first(List<RexNode> expressions, boolean isOverOnly) {
        SqlParserPos first = SqlParserPos.ZERO;
        for (RexNode expression : expressions) {
            SqlParserPos place =
                    isOverOnly ? ExpressionPlaces.firstOver(expression) : ExpressionPlaces.first(expression);
            first = ExpressionPlaces.earlier(first, place);
        }
        return first;
    }

    private SqlParserPos onlyOr(Clause clause, SqlParserPos other) {
        List<SqlParserPos> all = places.getOrDefault(clause, List.of());
        return all.size() == 1 ? all.get(0) : other;
    }
}
