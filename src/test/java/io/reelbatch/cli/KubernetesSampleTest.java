package io.reelbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** samples/kubernetes, read as strictly as a cluster reads it. */
class KubernetesSampleTest {

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of("CronJob", CronJob.class, "PersistentVolumeClaim", PersistentVolumeClaim.class);

  @Test
  void everyNameInItIsOneThatKubernetesKnows() throws Exception {
    assertThat(read(sample())).hasSize(2);
    assertThatThrownBy(() -> read(sample().replace("fsGroup:", "fsGrp:")))
        .hasMessageContaining("fsGrp");
  }

  @Test
  void whatWaitsForAPersonIsNotStartedAgainAndAStopHasTimeForTheAnswers() throws Exception {
    var job = job().getSpec().getJobTemplate().getSpec();

    assertThat(job().getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(job.getPodFailurePolicy().getRules())
        .filteredOn(rule -> rule.getOnExitCodes() != null)
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getAction()).isEqualTo("FailJob");
              assertThat(rule.getOnExitCodes().getValues()).containsExactly(2, 3, 4, 5, 7);
            });
    assertThat(job.getTemplate().getSpec().getTerminationGracePeriodSeconds()).isGreaterThan(180L);
  }

  private static CronJob job() throws IOException {
    return read(sample()).stream()
        .filter(CronJob.class::isInstance)
        .map(CronJob.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static String sample() throws IOException {
    return Files.readString(Path.of("samples", "kubernetes", "cronjob.yaml"));
  }

  private static List<HasMetadata> read(String yaml) {
    ObjectMapper strict =
        new ObjectMapper()
            .setAnnotationIntrospector(
                new JacksonAnnotationIntrospector() {
                  // Else a name that nothing knows is kept beside the others.
                  @Override
                  public Boolean hasAnySetter(Annotated a) {
                    return false;
                  }
                });
    List<HasMetadata> read = new ArrayList<>();
    for (Object document : new Yaml().loadAll(yaml)) {
      Object kind = Objects.requireNonNull(((Map<?, ?>) document).get("kind"));
      read.add(strict.convertValue(document, Objects.requireNonNull(KINDS.get(kind.toString()))));
    }
    return read;
  }
}
