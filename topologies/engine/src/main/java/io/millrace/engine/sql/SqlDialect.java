package io.millrace.engine.sql;

import java.util.Properties;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * The SQL of a step: Calcite's standard grammar, names matched without regard to case and kept as written, {@code "…"} as
 * quotes, and the functions of Calcite's standard, PostgreSQL, BigQuery, MySQL and Spark libraries.
 */
public final class SqlDialect {

    static final SqlConformance CONFORMANCE = SqlConformanceEnum.LENIENT;

    static final SqlParser.Config PARSER = SqlParser.config()
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(255)
            .withParserFactory(StepParser.FACTORY)
            .withConformance(CONFORMANCE);

    private static final JavaTypeFactory TYPES = new RowTypeFactory();

    private SqlDialect() {}

    /** The factory that every type in the engine comes from. */
    public static JavaTypeFactory types() {
        return TYPES;
    }

    static CalciteConnectionConfig connectionConfig() {
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "false");
        properties.setProperty("timeZone", "UTC");
        return new CalciteConnectionConfigImpl(properties);
    }

    /** Every operator a query may use. */
    public static SqlOperatorTable operators() {
        return Operators.TABLE;
    }

    /** Made on first use: the libraries hold some thousand operators. */
    private static final class Operators {
        static final SqlOperatorTable TABLE = new OwnOperatorTable(new FunctionTable());
    }
}
