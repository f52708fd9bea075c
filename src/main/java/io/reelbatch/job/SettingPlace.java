package io.reelbatch.job;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/** Where a setting stands, for people. */
final class SettingPlace {

  /** In the program's own files. */
  static final String SHIPPED = "shipped";

  private SettingPlace() {}

  /** {@code /data/application.yml:12}, {@code environment REELBATCH_…}, {@code command line}. */
  static String of(ConfigurationProperty property) {
    Origin origin = origin(property);
    if (origin instanceof TextResourceOrigin text && text.getResource() != null) {
      String path = path(text.getResource());
      return text.getLocation() == null || path.equals(SHIPPED) || isTree(property)
          ? path
          : path + ":" + (text.getLocation().getLine() + 1);
    }
    return origin instanceof PropertySourceOrigin known
        ? inMemory(known.getPropertySource(), known.getPropertyName())
        : String.valueOf(origin);
  }

  /** The same for a name as it stands in a source. */
  static String inMemory(PropertySource<?> source, String name) {
    return switch (source.getName()) {
      case "systemEnvironment" -> "environment " + name;
      case "systemProperties" -> "java -D" + name;
      default -> source.getName();
    };
  }

  static @Nullable Origin origin(ConfigurationProperty property) {
    return property.getOrigin() instanceof PropertySourceOrigin wrapped
            && wrapped.getOrigin() != null
        ? wrapped.getOrigin()
        : property.getOrigin();
  }

  // Each of its values is a file of its own.
  private static boolean isTree(ConfigurationProperty property) {
    return property.getOrigin() instanceof PropertySourceOrigin wrapped
        && wrapped.getPropertySource().getName().startsWith("Config tree");
  }

  private static String path(Resource resource) {
    if (resource.getDescription().startsWith("class path resource")) {
      return SHIPPED;
    }
    try {
      return resource.getFile().getAbsoluteFile().toPath().normalize().toString();
    } catch (IOException e) {
      return resource.getDescription(); // not a file
    }
  }
}
