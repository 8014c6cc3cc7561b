package org.millrace.features;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PackagesTest {
  private static JavaClasses features;

  @BeforeAll
  static void read() throws URISyntaxException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    features =
        new ClassFileImporter()
            .importPath(
                Path.of(
                    Behaviour.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    assertThat(features.contain(Behaviour.class)).isTrue();
  }

  @Test
  void whatIsPureKnowsNoJobs() {
    noClasses()
        .that()
        .resideInAPackage("org.millrace.features.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.millrace.features", "org.millrace.job..")
        .check(features);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.millrace.features.(*)..").should().beFreeOfCycles().check(features);
  }
}
