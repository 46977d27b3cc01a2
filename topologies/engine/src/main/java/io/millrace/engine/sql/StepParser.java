package io.millrace.engine.sql;

import java.io.Reader;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.parser.impl.SimpleCharStream;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.apache.calcite.util.SourceStringReader;

/** Calcite's parser, over the tokens of {@link StepTokens}. */
final class StepParser extends SqlParserImpl {

    static final SqlParserImplFactory FACTORY = StepParser::of;

    private StepParser(Reader reader) {
        super(reader);
        token_source = new StepTokens(new Characters(reader));
    }

    private static SqlAbstractParserImpl of(Reader reader) {
        StepParser parser = new StepParser(reader);
        if (reader instanceof SourceStringReader source) {
            parser.setOriginalSql(source.getSourceString());
        }
        return parser;
    }

    /** A tab is one column, as in the file that the SQL stands in. */
    private static final class Characters extends SimpleCharStream {

        Characters(Reader reader) {
            super(reader, 1, 1);
            setTabSize(1);
        }
    }
}
