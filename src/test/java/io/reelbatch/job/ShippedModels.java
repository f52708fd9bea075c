package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** The catalogue as it is shipped, bound as Spring binds it. */
public final class ShippedModels {

  private ShippedModels() {}

  public static Catalogue catalogue() {
    return catalogue(Map.of());
  }

  static Catalogue catalogue(Map<String, Object> overrides) {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addLast(new MapPropertySource("overrides", overrides));
    try {
      new YamlPropertySourceLoader()
          .load("models", new ClassPathResource("models.yml"))
          .forEach(sources::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Binder(ConfigurationPropertySources.from(sources))
        .bindOrCreate("reelbatch", ModelsProperties.class)
        .catalogue();
  }
}
