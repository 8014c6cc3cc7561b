package org.millrace;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.millrace.config.Check;

@AnalyzeClasses(packages = "org.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("org.millrace..");

  @ArchTest
  static final ArchRule OUTCOME_STANDS_ALONE =
      noClasses()
          .that(resideInAPackage("org.millrace.outcome"))
          .should()
          .dependOnClassesThat(
              OURS.and(DescribedPredicate.not(resideInAPackage("org.millrace.outcome"))));

  @ArchTest
  static final ArchRule CHECK_STANDS_ALONE =
      noClasses()
          .that()
          .belongToAnyOf(Check.class)
          .should()
          .dependOnClassesThat(
              OURS.and(DescribedPredicate.not(JavaClass.Predicates.belongToAnyOf(Check.class))));

  @ArchTest
  static final ArchRule PARTS_DO_NOT_KNOW_WHO_USES_THEM =
      noClasses()
          .that(
              resideInAnyPackage(
                  "org.millrace.table",
                  "org.millrace.store",
                  "org.millrace.model",
                  "org.millrace.eval",
                  "org.millrace.report"))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.millrace.job", "org.millrace.cli"));

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.millrace.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PARSES_ARGUMENTS =
      noClasses()
          .that(DescribedPredicate.not(resideInAPackage("org.millrace.cli")))
          .should()
          .dependOnClassesThat(
              resideInAPackage("picocli..")
                  .and(
                      DescribedPredicate.not(
                          nameStartingWith("picocli.CommandLine$Help$Ansi").as("its colours"))));

  @ArchTest
  static final ArchRule ONLY_REPORTS_AND_COMMANDS_COLOUR =
      classes()
          .that(resideInAPackage("picocli.."))
          .should()
          .onlyHaveDependentClassesThat(
              resideInAnyPackage("org.millrace.cli", "org.millrace.report", "picocli.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_CONTRACTS_ARE_YAML =
      noClasses()
          .that(DescribedPredicate.not(resideInAPackage("org.millrace.table")))
          .should()
          .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.dataformat.yaml.."));
}
