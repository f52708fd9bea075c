package io.reelbatch.job;

import io.reelbatch.model.Message;
import io.reelbatch.model.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;

/** Shows the catalogue as a run would have it. Needs no home and no key, and starts no context. */
public final class ModelsDesk {

  private static final ConfigurationPropertyName MODELS =
      ConfigurationPropertyName.of("reelbatch.models");

  /**
   * The models, sorted by name.
   *
   * @throws DeskException if the configuration cannot be read or used
   */
  public List<KnownModel> list() {
    try {
      ConfigurableEnvironment environment = Session.settings(Map.of());
      new SettingNames().check(environment);
      return list(ConfigurationPropertySources.get(environment));
    } catch (RuntimeException e) {
      throw new DeskException(
          Ending.USAGE,
          Message.of("the catalogue of models is wrong: {0}", WrongValue.ofSettings(e)),
          e);
    }
  }

  static List<KnownModel> list(Iterable<ConfigurationPropertySource> sources) {
    ModelsProperties models = new Binder(sources).bindOrCreate("reelbatch", ModelsProperties.class);
    Map<String, List<String>> places = places(sources);
    List<KnownModel> known = new ArrayList<>();
    for (ModelSpec spec : models.catalogue().models()) {
      known.add(
          new KnownModel(
              spec,
              sameAs(models.models().get(spec.name())),
              places.getOrDefault(spec.name(), List.of())));
    }
    return known;
  }

  private static @Nullable String sameAs(@Nullable Object entry) {
    Object other = entry instanceof Map<?, ?> map ? map.get(CatalogueEntries.SAME_AS) : null;
    return other == null ? null : other.toString();
  }

  /** Where the values stand that count; each source once for a model, with its first line there. */
  private static Map<String, List<String>> places(Iterable<ConfigurationPropertySource> sources) {
    Set<ConfigurationPropertyName> found = new HashSet<>();
    Map<String, Map<String, String>> places = new HashMap<>();
    for (ConfigurationPropertySource source : sources) {
      if (source instanceof IterableConfigurationPropertySource names) {
        names.stream()
            .filter(name -> MODELS.isAncestorOf(name) && found.add(name))
            .map(names::getConfigurationProperty)
            .filter(property -> property != null)
            .forEach(
                property ->
                    places
                        .computeIfAbsent(model(property), model -> new LinkedHashMap<>())
                        .putIfAbsent(source(property), SettingPlace.of(property)));
      }
    }
    Map<String, List<String>> all = new HashMap<>();
    places.forEach((model, of) -> all.put(model, List.copyOf(of.values())));
    return all;
  }

  private static String model(ConfigurationProperty property) {
    return property
        .getName()
        .getElement(MODELS.getNumberOfElements(), ConfigurationPropertyName.Form.ORIGINAL);
  }

  private static String source(ConfigurationProperty property) {
    Origin origin = SettingPlace.origin(property);
    return origin instanceof TextResourceOrigin text
        ? String.valueOf(text.getResource())
        : String.valueOf(origin);
  }
}
