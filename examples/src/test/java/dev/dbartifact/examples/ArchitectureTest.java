package dev.dbartifact.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Which module may know which. The arrows are those of the diagram in the README.
@AnalyzeClasses(packages = "dev.dbartifact", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CONTRACT = "dev.dbartifact.artifact..";
  private static final String RDS = "dev.dbartifact.rds..";
  private static final String CONVERGER = "dev.dbartifact.converger..";
  private static final String BUILDER = "dev.dbartifact.builder..";
  private static final String LOCAL_ENGINE = "dev.dbartifact.localengine..";
  private static final String EXAMPLES = "dev.dbartifact.examples..";

  private static final String AWS_SDK = "software.amazon.awssdk..";
  private static final String JIB = "com.google.cloud.tools..";
  private static final String LIQUIBASE = "liquibase..";

  @ArchTest
  static final ArchRule theContractKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage(CONTRACT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              RDS, CONVERGER, BUILDER, LOCAL_ENGINE, EXAMPLES, AWS_SDK, JIB, LIQUIBASE);

  @ArchTest
  static final ArchRule theAwsEdgeKnowsOnlyTheContract =
      noClasses()
          .that()
          .resideInAPackage(RDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONVERGER, BUILDER, LOCAL_ENGINE, EXAMPLES, JIB, LIQUIBASE);

  @ArchTest
  static final ArchRule theConvergerReachesAwsOnlyThroughItsEdge =
      noClasses()
          .that()
          .resideInAPackage(CONVERGER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BUILDER, LOCAL_ENGINE, EXAMPLES, AWS_SDK, JIB);

  @ArchTest
  static final ArchRule theBuilderReachesAwsOnlyThroughItsEdgeAndPacksTheConvergerUnseen =
      noClasses()
          .that()
          .resideInAPackage(BUILDER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONVERGER, LOCAL_ENGINE, EXAMPLES, AWS_SDK, LIQUIBASE);

  @ArchTest
  static final ArchRule theLocalEngineOnlySpeaksTheProtocol =
      noClasses()
          .that()
          .resideInAPackage(LOCAL_ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONTRACT, RDS, CONVERGER, BUILDER, EXAMPLES, JIB, LIQUIBASE);

  @ArchTest
  static final ArchRule packagesDoNotFormCycles =
      slices().matching("dev.dbartifact.(**)").should().beFreeOfCycles();
}
