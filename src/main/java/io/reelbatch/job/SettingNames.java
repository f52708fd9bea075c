package io.reelbatch.job;

import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses a {@code reelbatch.*} property or {@code REELBATCH_*} variable that nothing knows. Spring
 * alone would ignore it, and with a mistyped base URL the key would go to the wrong host.
 *
 * <p>What is known comes from the metadata that the compiler wrote from the property classes.
 */
final class SettingNames {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String PREFIX = "reelbatch";
  private static final String OURS = '"' + PREFIX + '.';

  private final SortedMap<String, String> known = new TreeMap<>();
  private final SortedMap<String, String> maps = new TreeMap<>();

  SettingNames() {
    try {
      for (URL url : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
        String json = text(url);
        if (json.contains(OURS)) { // parsing those of all libraries takes longer
          for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
            add(property.path("name").asString(), property.path("type").asString(""));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the names of the settings", e);
    }
  }

  private static String text(URL url) throws IOException {
    try (InputStream json = url.openStream()) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void add(String name, String type) {
    if (name.startsWith(PREFIX + ".")) {
      (type.startsWith(Map.class.getName()) ? maps : known).put(uniform(name), name);
    }
  }

  /**
   * Looks at every source of settings.
   *
   * @throws UsageException that names the unknown setting and the nearest known one
   */
  void check(ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> enumerable) {
        for (String name : enumerable.getPropertyNames()) {
          check(name);
        }
      }
    }
  }

  private void check(String name) {
    String uniform = uniform(name);
    boolean ours =
        name.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".") || name.startsWith("REELBATCH_");
    if (ours
        && !name.equals(Language.VARIABLE)
        && !known.containsKey(uniform)
        && maps.keySet().stream().noneMatch(uniform::startsWith)) {
      throw new UsageException(
          Message.of(
              "unknown setting {0}; did you mean {1}? Nothing was sent",
              name, name.startsWith("REELBATCH_") ? variable(nearest(uniform)) : nearest(uniform)));
    }
  }

  private String nearest(String uniform) {
    return known.entrySet().stream()
        .min(
            Comparator.comparing(
                entry -> LevenshteinDistance.getDefaultInstance().apply(uniform, entry.getKey())))
        .map(Map.Entry::getValue)
        .orElse(PREFIX);
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
