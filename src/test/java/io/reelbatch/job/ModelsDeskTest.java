package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;

class ModelsDeskTest {

  @Test
  void eachModelIsToldWithThePlacesWhereItsEntryStands(@TempDir Path folder) throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("application.yml"),
            """
            reelbatch:
              submit: {rate: 1/s}
              models:
                sora-2:
                  create:
                    duration: {fallback: 15}
                "[new.model]": {same-as: sora-2}
            """);
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(
        new SystemEnvironmentPropertySource(
            "systemEnvironment", Map.of("REELBATCH_MODELS_VEO2_RETIRED", "2027-01-01")));
    var yaml = new YamlPropertySourceLoader();
    yaml.load("own", new FileSystemResource(own)).forEach(sources::addLast);
    yaml.load("models", new ClassPathResource("models.yml")).forEach(sources::addLast);

    List<KnownModel> models = ModelsDesk.list(ConfigurationPropertySources.from(sources));

    assertThat(find(models, "sora-2").places()).containsExactly(own + ":6", "shipped");
    assertThat(find(models, "sora-2").sameAs()).isEqualTo("sora-2-pro");
    assertThat(find(models, "new.model").places()).containsExactly(own + ":7");
    assertThat(find(models, "new.model").spec().operations())
        .isEqualTo(find(models, "sora-2").spec().operations());
    assertThat(find(models, "veo3").places()).containsExactly("shipped");
    assertThat(find(models, "veo2").places().get(0)).contains("REELBATCH_MODELS_VEO2_RETIRED");
  }

  @Test
  void theCatalogueOfThisProgramNeedsNoHome() {
    assertThat(new ModelsDesk().list()).hasSize(22);
  }

  private static KnownModel find(List<KnownModel> models, String name) {
    return models.stream()
        .filter(model -> model.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
