package org.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.config.Check;

class PackagesTest {
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("org.millrace..");
  private static final DescribedPredicate<JavaClass> COLOURS =
      nameContaining("picocli.CommandLine$Help$Ansi").forSubtype();

  private static JavaClasses common;

  @BeforeAll
  static void read() throws URISyntaxException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    common =
        new ClassFileImporter()
            .importPath(
                Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    assertThat(common.contain(Check.class)).isTrue();
  }

  @Test
  void outcomeStandsAlone() {
    noClasses()
        .that(resideInAPackage("org.millrace.outcome"))
        .should()
        .dependOnClassesThat(OURS.and(not(resideInAPackage("org.millrace.outcome"))))
        .check(common);
  }

  @Test
  void checkStandsAlone() {
    noClasses()
        .that()
        .belongToAnyOf(Check.class)
        .should()
        .dependOnClassesThat(OURS.and(not(belongToAnyOf(Check.class))))
        .check(common);
  }

  @Test
  void partsDoNotKnowWhoUsesThem() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.millrace.table",
            "org.millrace.store",
            "org.millrace.model",
            "org.millrace.eval",
            "org.millrace.report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.millrace.job", "org.millrace.cli", "org.millrace.launch")
        .check(common);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.millrace.(*)..").should().beFreeOfCycles().check(common);
  }

  @Test
  void onlyCommandsParseArguments() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.millrace.cli", "org.millrace.launch")
        .should()
        .dependOnClassesThat(resideInAPackage("picocli..").and(not(COLOURS)))
        .check(common);
  }

  @Test
  void onlyReportsAndCommandsColour() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.millrace.cli", "org.millrace.launch", "org.millrace.report")
        .should()
        .dependOnClassesThat(resideInAPackage("picocli.."))
        .check(common);
  }

  @Test
  void onlyContractsAreYaml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.millrace.table")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson.dataformat.yaml..")
        .check(common);
  }
}
