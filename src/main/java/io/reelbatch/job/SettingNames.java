package io.reelbatch.job;

import io.reelbatch.model.Durations;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses a {@code reelbatch.*} property or {@code REELBATCH_*} variable that nothing knows. Spring
 * alone would ignore it, and with a mistyped base URL the key would go to the wrong host. Likewise
 * a time of which nobody can tell whether seconds or hours are meant.
 *
 * <p>What is known comes from the metadata that the compiler wrote from the property classes.
 */
final class SettingNames {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String PREFIX = "reelbatch";
  private static final List<String> LEDGER =
      List.of(
          "spring.datasource.url",
          "spring.datasource.username",
          "spring.datasource.password",
          "spring.datasource.driver-class-name");
  private static final int FEW = 2;
  private static final String ACCOUNTS = "reelbatchaccounts";
  private static final List<String> OF_ACCOUNTS = List.of("apikey", "apikeyfile");
  private static final String KEY_OF_ACCOUNT = "REELBATCH_API_KEY_";
  private static final String HOME = "reelbatchhome";
  private static final String OURS = '"' + PREFIX + '.';

  private final SortedMap<String, String> known = new TreeMap<>();
  private final SortedMap<String, String> maps = new TreeMap<>();
  private final Set<String> times = new HashSet<>();
  private final Map<String, @Nullable String> defaults = new LinkedHashMap<>();

  SettingNames() {
    try {
      for (URL url : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
        String json = text(url);
        if (json.contains(OURS)) { // parsing those of all libraries takes longer
          for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
            add(property);
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

  private void add(JsonNode property) {
    String name = property.path("name").asString();
    if (name.startsWith(PREFIX + ".")) {
      if (property.path("type").asString("").startsWith(Map.class.getName())) {
        maps.put(uniform(name), name);
      } else {
        known.put(uniform(name), name);
        if (property.path("type").asString("").equals(Duration.class.getName())) {
          times.add(uniform(name));
        }
        JsonNode value = property.path("defaultValue");
        defaults.put(name, value.isMissingNode() ? null : value.asString());
      }
    }
  }

  /** All that have one value, each with its default; null where it has none. */
  Map<String, @Nullable String> defaults() {
    return defaults;
  }

  /** Whether it stands under a name that somebody chose. */
  boolean isBelowAMap(ConfigurationPropertyName name) {
    return maps.values().stream()
        .anyMatch(map -> ConfigurationPropertyName.of(map).isAncestorOf(name));
  }

  /**
   * Looks at every source of settings.
   *
   * @throws UsageException that names the unknown setting and the nearest known one, or a time
   *     without a unit
   */
  void check(ConfigurableEnvironment environment) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> enumerable) {
        for (String name : enumerable.getPropertyNames()) {
          check(name);
          refuseWithoutUnit(name, enumerable, environment);
        }
      }
    }
  }

  /** Spring would take 15 for 15 milliseconds. */
  private void refuseWithoutUnit(
      String name, PropertySource<?> source, ConfigurableEnvironment environment) {
    if (!times.contains(uniform(name))) {
      return;
    }
    String written = String.valueOf(source.getProperty(name));
    String time = environment.resolvePlaceholders(written).strip();
    try {
      if (!time.isEmpty() && !time.equals("0")) {
        Durations.parse(time);
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of("setting {0} cannot be used: {1}. Nothing was sent", name, Message.of(e)), e);
    }
  }

  private void check(String name) {
    String uniform = uniform(name);
    boolean ours =
        name.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".") || name.startsWith("REELBATCH_");
    if (ours && uniform.equals(HOME)) {
      throw new UsageException(
          Message.of(
              "unknown setting {0}: the folder of the state is named by the option --home, or by the"
                  + " variable STATE_DIRECTORY. In another folder nothing is known of what was paid."
                  + " Nothing was sent",
              name));
    }
    if (ours && !name.equals(Language.VARIABLE) && !isKnown(name, uniform)) {
      throw unknown(name, nearest(name, uniform));
    }
    if (!ours && isOursOnly(name)) {
      throw unknown(name, PREFIX + "." + name);
    }
    refuseAnotherLedger(name, uniform);
  }

  /** A cap of which somebody forgot the first line, {@code reelbatch:}, would cap nothing. */
  private boolean isOursOnly(String name) {
    return name.indexOf('.') > 0
        && name.equals(name.toLowerCase(Locale.ROOT))
        && isKnown(PREFIX + "." + name, uniform(PREFIX + "." + name));
  }

  /** A slip in these would begin another ledger, in which nothing is paid for yet. */
  private static void refuseAnotherLedger(String name, String uniform) {
    String near = nearestOf(LEDGER, uniform);
    boolean isMeant = uniform.startsWith("springdatasource") || distance(uniform, near) <= FEW;
    if (isMeant
        && LEDGER.stream().noneMatch(known -> uniform.equals(uniform(known)))
        && !uniform.startsWith("springdatasourcehikari")) {
      throw unknown(name, near);
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
        Message.of(
            "unknown setting {0}; did you mean {1}? Nothing was sent",
            name, name.equals(name.toUpperCase(Locale.ROOT)) ? variable(near) : near));
  }

  private String nearest(String name, String uniform) {
    if (uniform.startsWith(ACCOUNTS)) {
      return "reelbatch.accounts.NAME.api-key-file";
    }
    String one = nearestOf(known.values(), uniform);
    return maps.values().stream()
        .min(Comparator.comparing(map -> distance(start(name, map), map)))
        .filter(map -> distance(start(name, map), map) < distance(uniform, one))
        .orElse(one);
  }

  /** As many parts of the name as the map's has: what is below it, somebody chose. */
  private static String start(String name, String map) {
    String[] parts = plain(name).split("\\.");
    int above = map.split("\\.").length;
    return String.join("", Arrays.asList(parts).subList(0, Math.min(above, parts.length)));
  }

  private static int distance(String uniform, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(uniform, uniform(name));
  }

  private static String nearestOf(Collection<String> names, String uniform) {
    return names.stream().min(Comparator.comparing(name -> distance(uniform, name))).orElse(PREFIX);
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** However it is written: letters and digits alone. */
  static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
