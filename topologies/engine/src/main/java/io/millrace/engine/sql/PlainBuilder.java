package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Builds relations and leaves their expressions as they are written. Calcite's simplifications take a value out of the branch
 * that keeps it from nulls, from an overflow or from a division by zero. What never has a row stays a relation, too: it keeps
 * its event time, and those who read it go on with time.
 */
final class PlainBuilder extends RelBuilder {

    static final RelBuilderFactory FACTORY =
            (cluster, schema) -> new PlainBuilder(Config.DEFAULT.withSimplify(false), cluster, schema);

    private final Config config;

    private PlainBuilder(Config config, RelOptCluster cluster, @Nullable RelOptSchema schema) {
        super(context(config), cluster, schema);
        this.config = config;
    }

    private static Context context(Config config) {
        return Contexts.of(config);
    }

    @Override
    public RelBuilder transform(UnaryOperator<Config> transform) {
        return new PlainBuilder(transform.apply(config), cluster, relOptSchema);
    }

    /** Filters want no CAST around their condition that only says that it is never null. */
    @Override
    public RelBuilder filter(Iterable<CorrelationId> variables, Iterable<? extends RexNode> predicates) {
        List<RexNode> bare = new ArrayList<>();
        predicates.forEach(predicate -> bare.add(RexUtil.removeNullabilityCast(getTypeFactory(), predicate)));
        return super.filter(variables, bare);
    }

    @Override
    public RelBuilder empty() {
        RelNode input = build();
        return push(LogicalFilter.create(input, getRexBuilder().makeLiteral(false)));
    }
}
