package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.sql.OperatorExpectations.How;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.calcite.sql.test.SqlOperatorFixture;
import org.apache.calcite.test.SqlOperatorTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Calcite's own tests of its operators, put to this engine. What does not hold stands in {@code calcite-operators.txt} with its
 * reason; an expectation that is listed and holds is a failure as well as one that does not hold and is not listed. With the system
 * property {@code operators.report} the differences are written to the file that it names.
 */
@ExtendWith(CalciteOperatorsTest.GoOn.class)
final class CalciteOperatorsTest extends SqlOperatorTest {

    private static final Pattern OF_THE_CLOCK = Pattern.compile("With(Fixed|Current)Time$|^testCurrentDatetimeFunc$");

    private static OperatorExpectations expectations;
    private static OperatorRun run;

    /** A test that fails outside of its expectations is an expectation of its own. */
    static final class GoOn implements InvocationInterceptor {

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            if (OF_THE_CLOCK.matcher(method.getExecutable().getName()).find()) {
                invocation.skip();
                expectations.skip("tests of what a clock says, which a hook within Calcite sets");
            } else {
                go(invocation);
            }
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            go(invocation);
        }

        private static void go(Invocation<Void> invocation) {
            expectations.expect(How.TEST, "does not end early", () -> {
                try {
                    invocation.proceed();
                } catch (Exception | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @BeforeAll
    static void open() throws IOException {
        expectations = new OperatorExpectations();
        run = new OperatorRun();
    }

    @AfterAll
    static void close() throws IOException {
        System.out.println(expectations.summary());
        String report = System.getProperty("operators.report");
        if (report != null) {
            Files.write(Path.of(report), expectations.failures());
        }
        assertThat(expectations.outdated())
                .as("listed in calcite-operators.txt, and holds or is asked no more")
                .isEmpty();
    }

    @BeforeEach
    void begin(TestInfo test) {
        expectations.begin(test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void shouldHoldButForWhatIsListed() {
        assertThat(expectations.surprises()).as("expectations that do not hold").isEmpty();
    }

    @Override
    protected SqlOperatorFixture fixture() {
        return new OperatorFixture(expectations, run);
    }
}
