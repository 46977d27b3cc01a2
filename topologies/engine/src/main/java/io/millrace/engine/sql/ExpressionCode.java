package io.millrace.engine.sql;

import io.millrace.engine.row.Row;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.runtime.Utilities;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.util.BuiltInMethod;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ClassBodyEvaluator;
import org.jspecify.annotations.Nullable;

/**
 * The Java of some expressions over one row. Its class makes, of a {@link RowContext}, a function that gives a row's values;
 * what Calcite's functions keep between rows (parsed formats, for example) belongs to that function and so to one thread.
 *
 * @param source the members of the class
 */
record ExpressionCode(String source) {

    /**
     * Generates code; compiles nothing.
     *
     * @throws RuntimeException what Calcite throws where it has no code for an operator
     */
    static ExpressionCode of(RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        RexProgramBuilder program = new RexProgramBuilder(rowType, rexBuilder);
        DistinctSymbols symbols = new DistinctSymbols(rexBuilder.getTypeFactory());
        for (RexNode expression : expressions) {
            program.addProject(
                    expression.accept(symbols), "c" + program.getProjectList().size());
        }
        JavaTypeFactory types = SqlDialect.types();
        ParameterExpression argument = Expressions.parameter(Object.class, "root0");
        Statement root = Expressions.declare(
                Modifier.FINAL, DataContext.ROOT, Expressions.convert_(argument, DataContext.class));
        BlockBuilder kept = new BlockBuilder();
        BlockBuilder body = new BlockBuilder(true, kept);
        Expression row = body.append(
                "row",
                EnumUtils.convert(
                        Expressions.call(
                                DataContext.ROOT,
                                BuiltInMethod.DATA_CONTEXT_GET.method,
                                Expressions.constant(RowContext.INPUT_RECORD)),
                        Row.class));
        RexToLixTranslator.InputGetter columns = (block, index, storageType) -> EnumUtils.convert(
                Expressions.call(row, "get", Expressions.constant(index)),
                storageType == null
                        ? types.getJavaClass(rowType.getFieldList().get(index).getType())
                        : storageType);
        List<Expression> values = RexToLixTranslator.translateProjects(
                program.getProgram(),
                types,
                SqlConformanceEnum.DEFAULT,
                body,
                kept,
                null,
                DataContext.ROOT,
                columns,
                null);
        body.add(Expressions.return_(null, Expressions.newArrayInit(Object[].class, values)));

        List<MemberDeclaration> function = List.of(Expressions.methodDecl(
                Modifier.PUBLIC,
                Object.class,
                BuiltInMethod.FUNCTION1_APPLY.method.getName(),
                List.of(Expressions.parameter(Object.class, "ignored")),
                body.toBlock()));
        List<Statement> statements = new ArrayList<>();
        statements.add(root);
        statements.addAll(kept.toBlock().statements);
        statements.add(Expressions.return_(null, Expressions.new_(Function1.class, List.of(), function)));
        return new ExpressionCode(Expressions.toString(Expressions.methodDecl(
                Modifier.PUBLIC,
                Object.class,
                BuiltInMethod.FUNCTION1_APPLY.method.getName(),
                List.of(argument),
                Expressions.block(statements))));
    }

    /**
     * Compiles the code and loads its class, which goes when nothing refers to the factory any more.
     *
     * @throws IllegalStateException when it is no code, or more than a method may have
     */
    @SuppressWarnings("unchecked") // Its source says of which functions it is a factory.
    Function1<DataContext, Function1<@Nullable Object, @Nullable Object>> compile() {
        ClassBodyEvaluator compiler = new ClassBodyEvaluator();
        compiler.setClassName("Expressions");
        // What it inherits from, the code calls by its simple name.
        compiler.setExtendedClass(Utilities.class);
        compiler.setImplementedInterfaces(new Class<?>[] {Function1.class});
        compiler.setParentClassLoader(CodeClasses.INSTANCE);
        try {
            compiler.cook(source);
            return (Function1<DataContext, Function1<@Nullable Object, @Nullable Object>>)
                    compiler.getClazz().getConstructor().newInstance();
        } catch (CompileException | ReflectiveOperationException e) {
            throw new IllegalStateException("Generated code that is none", e);
        }
    }
}
