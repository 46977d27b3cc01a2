package io.millrace.engine.sql;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * Expressions made into a compiled function, as Calcite's RexExecutorImpl does it, but with the types of {@link
 * SqlDialect#types()}, since its own do not know the classes of ROW and UUID, and with {@link Microseconds}.
 */
final class ExpressionCode {

    private static final String INPUT_RECORD = "inputRecord";

    private ExpressionCode() {}

    /** A function from a context, which holds a row of {@code rowType}, to the values of the expressions. */
    static Function1<DataContext, @Nullable Object @Nullable []> compile(
            RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        JavaTypeFactory types = SqlDialect.types();
        RelDataType erased = Microseconds.erase(rowType);
        RexProgramBuilder program = new RexProgramBuilder(erased, rexBuilder);
        for (RexNode expression : Microseconds.rewrite(rexBuilder, expressions)) {
            program.addProject(expression, "c" + program.getProjectList().size());
        }
        ParameterExpression argument = Expressions.parameter(Object.class, "root0");
        BlockBuilder block = new BlockBuilder();
        block.add(Expressions.declare(
                Modifier.FINAL, DataContext.ROOT, Expressions.convert_(argument, DataContext.class)));
        List<Expression> values = RexToLixTranslator.translateProjects(
                program.getProgram(),
                types,
                SqlConformanceEnum.DEFAULT,
                block,
                null,
                null,
                DataContext.ROOT,
                (list, index, storageType) -> field(types, erased, index, storageType),
                null);
        block.add(Expressions.return_(null, Expressions.newArrayInit(Object[].class, values)));
        String code = Expressions.toString(Expressions.methodDecl(
                Modifier.PUBLIC,
                Object[].class,
                BuiltInMethod.FUNCTION1_APPLY.method.getName(),
                List.of(argument),
                block.toBlock()));
        return new RexExecutable(code, expressions).getFunction();
    }

    private static Expression field(JavaTypeFactory types, RelDataType rowType, int index, @Nullable Type storageType) {
        Expression row = EnumUtils.convert(
                Expressions.call(
                        DataContext.ROOT, BuiltInMethod.DATA_CONTEXT_GET.method, Expressions.constant(INPUT_RECORD)),
                Object[].class);
        return EnumUtils.convert(
                Expressions.arrayIndex(row, Expressions.constant(index)),
                storageType != null
                        ? storageType
                        : types.getJavaClass(rowType.getFieldList().get(index).getType()));
    }
}
