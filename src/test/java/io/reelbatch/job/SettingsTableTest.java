package io.reelbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of settings in the docs is what the compiler read from the code. */
class SettingsTableTest {

  private static final Path DOCS = Path.of("src", "docs", "settings.md");

  @Test
  void theTableOfTheDocsIsTheCodesOwn() throws IOException {
    String docs = Files.readString(DOCS);

    assertThat(docs).contains(table());
  }

  @Test
  void editorsAreToldTypeAndMeaningOfEverySetting() throws IOException {
    JsonNode metadata;
    try (InputStream json = metadata()) {
      metadata = JsonMapper.shared().readTree(json);
    }
    Set<String> names = new TreeSet<>();
    for (JsonNode property : metadata.path("properties")) {
      names.add(property.path("name").asString());
      assertThat(property.path("type").asString("")).as(property.toString()).isNotBlank();
      assertThat(property.path("description").asString("")).as(property.toString()).isNotBlank();
    }

    assertThat(names).hasSizeGreaterThan(60).allMatch(name -> name.startsWith("reelbatch."));
    assertThat(metadata.path("hints")).isNotEmpty();
    for (JsonNode hint : metadata.path("hints")) {
      String of = hint.path("name").asString().replaceAll("\\.(keys|values)$", "");
      assertThat(names).contains(of);
    }
  }

  private static InputStream metadata() {
    return Objects.requireNonNull(
        SettingsTableTest.class
            .getClassLoader()
            .getResourceAsStream("META-INF/spring-configuration-metadata.json"));
  }

  private static String table() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (InputStream metadata = metadata()) {
      for (JsonNode property : JsonMapper.shared().readTree(metadata).path("properties")) {
        String name = property.path("name").asString();
        if (name.startsWith("reelbatch.")) {
          JsonNode value = property.path("defaultValue");
          rows.put(
              name,
              "| `%s` | %s | %s |"
                  .formatted(
                      name,
                      value.isMissingNode() ? "–" : "`" + value.asString() + "`",
                      property.path("description").asString("").replace("|", "\\|")));
        }
      }
    }
    return "| name | default | meaning |\n|---|---|---|\n"
        + String.join("\n", rows.values())
        + "\n";
  }
}
