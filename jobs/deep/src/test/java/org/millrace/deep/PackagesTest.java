package org.millrace.deep;

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
  private static JavaClasses deep;

  @BeforeAll
  static void read() throws URISyntaxException {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    deep =
        new ClassFileImporter()
            .importPath(
                Path.of(Train.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    assertThat(deep.contain(Train.class)).isTrue();
  }

  @Test
  void onlyTheEngineKnowsDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.millrace.deep.dl4j..", "org.nd4j..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
        .check(deep);
  }

  @Test
  void networksAndTrainersKnowNoEngine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.millrace.deep.net", "org.millrace.deep.data", "org.millrace.deep.train")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.millrace.deep", "org.millrace.deep.dl4j..")
        .check(deep);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.millrace.deep.(*)..").should().beFreeOfCycles().check(deep);
  }
}
