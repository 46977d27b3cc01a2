package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.rules.CoreRules;

/** The rules that bring a query into the shape that steps are compiled from; none of them changes what an expression says. */
final class QueryRules {

    static final HepProgram PROGRAM = new HepProgramBuilder()
            .addRuleCollection(plain(
                    CoreRules.FILTER_INTO_JOIN,
                    CoreRules.FILTER_PROJECT_TRANSPOSE,
                    CoreRules.FILTER_MERGE,
                    CoreRules.PROJECT_MERGE,
                    CoreRules.PROJECT_REMOVE,
                    CoreRules.UNION_MERGE,
                    CoreRules.UNION_TO_DISTINCT,
                    CoreRules.INTERSECT_TO_DISTINCT,
                    CoreRules.MINUS_TO_DISTINCT))
            .build();

    private QueryRules() {}

    private static List<RelOptRule> plain(RelRule<?>... rules) {
        List<RelOptRule> plain = new ArrayList<>();
        for (RelRule<?> rule : rules) {
            plain.add(rule.config.withRelBuilderFactory(PlainBuilder.FACTORY).toRule());
        }
        return plain;
    }
}
