package io.reelbatch.job;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/** Shows the settings as a run would have them, and where each stands. Needs no home and no key. */
public final class ConfigDesk {

  private static final String MASK = "***";
  private static final List<String> DATABASE =
      List.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password");
  private static final ConfigurationPropertyName MODELS =
      ConfigurationPropertyName.of("reelbatch.models");

  private static final Pattern SECRET =
      Pattern.compile("(apikey|password|secret|token)$|header|notify.*url$");
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@]*@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)((?:password|secret|token|key)[^=&;]*=)[^&;]*");

  private final Map<String, String> options;

  /** With what was typed, which counts first. */
  public ConfigDesk(Map<String, String> options) {
    this.options = Map.copyOf(options);
  }

  /**
   * All settings that there are and those under names of people's own, sorted; of the catalogue
   * only what is not as it was shipped.
   *
   * @throws DeskException if there is one that nothing knows, or a file cannot be read
   */
  public List<ShownSetting> list() {
    try {
      ConfigurableEnvironment environment = Session.settings(options);
      SettingNames names = new SettingNames();
      names.check(environment);
      return list(environment, names);
    } catch (RuntimeException e) {
      throw new DeskException(
          Ending.USAGE,
          Message.of("the settings cannot be read: {0}", WrongValue.ofSettings(e)),
          e);
    }
  }

  private static List<ShownSetting> list(ConfigurableEnvironment environment, SettingNames names) {
    SortedMap<String, ShownSetting> all = new TreeMap<>();
    names
        .defaults()
        .forEach((name, value) -> all.put(name, new ShownSetting(name, value, "default")));
    DATABASE.forEach(name -> all.put(name, new ShownSetting(name, null, "default")));
    Map<String, ConfigurationProperty> found = new HashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      for (String name : all.keySet()) {
        put(found, name, source.getConfigurationProperty(ConfigurationPropertyName.of(name)));
      }
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream()
            .filter(names::isBelowAMap)
            .forEach(name -> put(found, name.toString(), iterable.getConfigurationProperty(name)));
      }
    }
    found.forEach(
        (name, property) -> {
          ShownSetting shown = shown(name, property, environment);
          if (!MODELS.isAncestorOf(property.getName())
              || !shown.origin().equals(SettingPlace.SHIPPED)) {
            all.put(name, shown);
          }
        });
    keysOfAccounts(environment).forEach(key -> all.put(key.name(), key));
    return List.copyOf(all.values());
  }

  private static void put(
      Map<String, ConfigurationProperty> found,
      String name,
      @Nullable ConfigurationProperty property) {
    if (property != null) {
      found.putIfAbsent(name, property);
    }
  }

  private static ShownSetting shown(
      String name, ConfigurationProperty property, ConfigurableEnvironment environment) {
    String value = environment.resolvePlaceholders(String.valueOf(property.getValue()));
    return new ShownSetting(name, masked(name, value), SettingPlace.of(property));
  }

  /** {@code REELBATCH_API_KEY_STUDIO}, which is no setting's name to Spring. */
  private static List<ShownSetting> keysOfAccounts(ConfigurableEnvironment environment) {
    List<ShownSetting> keys = new ArrayList<>();
    String start = AccountName.DEFAULT.variable() + "_";
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> enumerable) {
        for (String name : enumerable.getPropertyNames()) {
          if (name.startsWith(start) && !name.equals(start + "FILE")) {
            String value = name.endsWith("_FILE") ? environment.getProperty(name) : MASK;
            keys.add(new ShownSetting(name, value, SettingPlace.inMemory(source, name)));
          }
        }
      }
    }
    return keys;
  }

  /** What may be shown of a value. */
  static String masked(String name, String value) {
    if (value.isEmpty()) {
      return value;
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
    return SECRET.matcher(plain).find()
        ? MASK
        : PARAMETER
            .matcher(USER_INFO.matcher(value).replaceAll(MASK + "@"))
            .replaceAll("$1" + MASK);
  }
}
