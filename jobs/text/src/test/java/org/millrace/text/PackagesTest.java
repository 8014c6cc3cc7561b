package org.millrace.text;

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
  private static JavaClasses text;

  @BeforeAll
  static void read() throws URISyntaxException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    text =
        new ClassFileImporter()
            .importPath(
                Path.of(
                    GraphTrain.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    assertThat(text.contain(GraphTrain.class)).isTrue();
  }

  @Test
  void whatIsPureKnowsNoJobs() {
    noClasses()
        .that()
        .resideInAPackage("org.millrace.text.*..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.millrace.text", "org.millrace.job..")
        .check(text);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.millrace.text.(*)..").should().beFreeOfCycles().check(text);
  }
}
