package io.millrace.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "io.millrace.engine", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule OPENS_NO_SOCKET = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net.."))
            .because("a topology is a value: whoever runs it gives it a SchemaRegistryClient");

    @ArchTest
    static final ArchRule READS_NO_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("time comes from OperatorContext.nowMs(), so that a test can set it");

    @ArchTest
    static final ArchRule ROWS_KNOW_NO_PLAN = noClasses()
            .that(resideInAnyPackage("io.millrace.engine.row", "io.millrace.engine.sql", "io.millrace.engine.operator"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.millrace.engine.plan"))
            .because("arrows point one way: plan uses operator, operator uses sql and row");
}
