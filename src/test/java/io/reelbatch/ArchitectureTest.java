package io.reelbatch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.reelbatch.gateway.VideoGateway;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check. */
class ArchitectureTest {

  private static final String BASE = "io.reelbatch.";

  /** Which package may know which; nothing else, and no circles. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("simulator", Set.of()),
          // Judges by the gateway's log and the result files; nothing of ours may help it.
          Map.entry("selftest", Set.of("simulator")),
          Map.entry("csv", Set.of("model")),
          Map.entry("net", Set.of("model")),
          Map.entry("gateway", Set.of("net", "model")),
          Map.entry("ledger", Set.of("model")),
          Map.entry("pacing", Set.of("model")),
          Map.entry("submit", Set.of("gateway", "ledger", "pacing", "model")),
          Map.entry("poll", Set.of("gateway", "ledger", "pacing", "model")),
          Map.entry("collect", Set.of("gateway", "ledger", "pacing", "model")),
          Map.entry("report", Set.of("ledger", "model")),
          Map.entry("notice", Set.of("net", "model")),
          // Listens to those whose requests and commits it times.
          Map.entry("metrics", Set.of("gateway", "ledger", "pacing", "model")),
          Map.entry(
              "job",
              Set.of(
                  "csv",
                  "gateway",
                  "ledger",
                  "pacing",
                  "submit",
                  "poll",
                  "collect",
                  "report",
                  "notice",
                  "net",
                  "metrics",
                  "model",
                  "simulator")),
          // What the command line prints of a run, it gets from job in these types.
          Map.entry("cli", Set.of("job", "selftest", "simulator", "ledger", "pacing", "model")));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.reelbatch");

  @Test
  void packagesKnowOnlyWhomTheyMay() {
    ARROWS.forEach(
        (from, allowed) -> {
          Set<String> forbidden = new TreeSet<>(ARROWS.keySet());
          forbidden.removeAll(allowed);
          forbidden.remove(from);
          noClasses()
              .that()
              .resideInAPackage(BASE + from + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  forbidden.stream().map(p -> BASE + p + "..").toArray(String[]::new))
              .check(CODE);
        });
    slices().matching("io.reelbatch.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void everyPackageHasItsArrows() {
    classes()
        .that(resideOutsideOfPackages("io.reelbatch"))
        .should()
        .resideInAnyPackage(ARROWS.keySet().stream().map(p -> BASE + p).toArray(String[]::new))
        .check(CODE);
  }

  @Test
  void modelAndSimulatorKnowTheJdkAndJsonAlone() {
    for (String own : List.of("model", "simulator")) {
      classes()
          .that()
          .resideInAPackage(BASE + own)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  BASE + own,
                  "java..",
                  "com.sun.net.httpserver..",
                  "tools.jackson..",
                  "com.fasterxml.jackson.annotation..",
                  "org.jspecify.."))
          .check(CODE);
    }
  }

  @Test
  void theSelftestReadsFilesAndTheGatewaysLogAlone() {
    classes()
        .that()
        .resideInAPackage(BASE + "selftest")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                BASE + "selftest",
                BASE + "simulator",
                "java..",
                "com.opencsv..",
                "tools.jackson..",
                "org.jspecify.."))
        .check(CODE);
  }

  @Test
  void jdbcStaysInTheLedgerAndHttpWhereItLeavesOrArrives() {
    noClasses()
        .that(resideOutsideOfPackages(BASE + "ledger", BASE + "job"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc.."))
        .check(CODE);
    noClasses()
        .that(
            resideOutsideOfPackages(
                BASE + "gateway", BASE + "net", BASE + "notice", BASE + "simulator"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.hc..", "java.net.http..", "com.sun.net.httpserver.."))
        .check(CODE);
  }

  @Test
  void springAnnotationsAreForJobAlone() {
    noClasses()
        .that(resideOutsideOfPackages(BASE + "job"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.springframework.context.annotation..",
                "org.springframework.beans.factory.annotation..",
                "org.springframework.stereotype.."))
        .check(CODE);
  }

  @Test
  void aPaidRequestHasOneCaller() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.reelbatch.submit.SubmitWriter")
        .should()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
                        .<com.tngtech.archunit.core.domain.JavaClass>owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                                VideoGateway.class)))
                .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(name("send"))))
        .check(CODE);
  }

  @Test
  void noStepIsFaultTolerant() {
    noClasses()
        .should()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(name("faultTolerant")))
        .check(CODE);
  }

  @Test
  void onlyJobLooksAtAClock() {
    for (Class<?> clock : List.of(Clock.class, InstantSource.class)) {
      noClasses()
          .that(resideOutsideOfPackages(BASE + "job", BASE + "simulator"))
          .should()
          .callMethod(clock, clock == Clock.class ? "systemUTC" : "system")
          .check(CODE);
    }
    noClasses()
        // The selftest measures real processes.
        .that(resideOutsideOfPackages(BASE + "job", BASE + "selftest"))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(CODE);
  }

  @Test
  void classesSayWhatTheyAre() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Base")
        .check(CODE);
  }

  @Test
  void nobodyHasSetters() {
    methods().that().arePublic().should().haveNameNotMatching("set[A-Z].*").check(CODE);
  }

  @Test
  void recordsAndClassesAreFinal() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage(BASE + "job")))
        .and()
        .haveSimpleNameNotStartingWith("package-info")
        .should()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .check(CODE);
  }
}
