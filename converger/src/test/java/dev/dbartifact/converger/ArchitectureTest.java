package dev.dbartifact.converger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.dbartifact.converger", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("dev.dbartifact.converger.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_RDS_KNOWS_THE_AWS_SDK =
      noClasses().should().dependOnClassesThat().resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule PLANNING_IS_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("..plan..", "..options..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.dbartifact.rds.Clusters");

  @ArchTest
  static final ArchRule ONLY_MIGRATION_AND_TRAINING_KNOW_LIQUIBASE =
      noClasses()
          .that()
          .resideOutsideOfPackages("..migration..", "..training..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("liquibase..");
}
