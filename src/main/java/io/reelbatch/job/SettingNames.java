package io.reelbatch.job;

import io.reelbatch.model.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
  private static final String ACCOUNTS = "reelbatchaccounts";
  private static final List<String> OF_ACCOUNTS = List.of("apikey", "apikeyfile");
  private static final String KEY_OF_ACCOUNT = "REELBATCH_API_KEY_";
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
    if (ours && !name.equals(Language.VARIABLE) && !isKnown(name, uniform)) {
      throw unknown(name, nearest(uniform));
    }
  }

  private boolean isKnown(String name, String uniform) {
    if (uniform.startsWith(ACCOUNTS)) {
      return OF_ACCOUNTS.stream().anyMatch(uniform::endsWith);
    }
    return known.containsKey(uniform)
        || isKeyOfAccount(name, uniform)
        || maps.values().stream().anyMatch(map -> isBelow(name, map));
  }

  /** Below a map stand names of people's own; beside it, an unknown name. */
  private static boolean isBelow(String name, String map) {
    String plain = plain(name);
    String above = plain(map);
    return plain.startsWith(above)
        && plain.length() > above.length()
        && ".[".indexOf(plain.charAt(above.length())) >= 0;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace("-", "");
  }

  /** {@code REELBATCH_API_KEY_STUDIO}; but a slip of the pen in _FILE is no account. */
  private static boolean isKeyOfAccount(String name, String uniform) {
    if (!name.startsWith(KEY_OF_ACCOUNT) || name.length() == KEY_OF_ACCOUNT.length()) {
      return false;
    }
    String account = uniform.substring("reelbatchapikey".length());
    return LevenshteinDistance.getDefaultInstance().apply(account, "file") > 1
        && !sorted(account).equals(sorted("file"));
  }

  private static String sorted(String letters) {
    char[] sorted = letters.toCharArray();
    Arrays.sort(sorted);
    return new String(sorted);
  }

  private static UsageException unknown(String name, String near) {
    return new UsageException(
        "unknown setting "
            + name
            + "; did you mean "
            + (name.startsWith("REELBATCH_") ? variable(near) : near)
            + "? Nothing was sent");
  }

  private String nearest(String uniform) {
    if (uniform.startsWith(ACCOUNTS)) {
      return "reelbatch.accounts.NAME.api-key-file";
    }
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

  /** However it is written: letters and digits alone. */
  static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
