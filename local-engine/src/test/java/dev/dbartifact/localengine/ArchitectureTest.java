package dev.dbartifact.localengine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.rds.request.Home;

/// Which package may know which.
@AnalyzeClasses(packages = "dev.dbartifact.localengine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String RDS = "dev.dbartifact.localengine.rds..";

  @ArchTest
  static final ArchRule packagesDoNotFormCycles =
      slices().matching("dev.dbartifact.(**)").should().beFreeOfCycles();

  /// The parts of the RDS API are public for each other, not for the rest of the engine.
  @ArchTest
  static final ArchRule theRdsApiHasOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage(RDS)
          .should()
          .dependOnClassesThat(
              resideInAPackage(RDS)
                  .and(
                      not(
                          belongToAnyOf(
                              LocalRds.class,
                              Home.class,
                              ClusterReport.class,
                              ResetReport.class))));
}
