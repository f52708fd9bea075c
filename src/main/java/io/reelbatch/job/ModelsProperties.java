package io.reelbatch.job;

import io.reelbatch.model.Catalogue;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The catalogue of models. Not the whole of {@code reelbatch.*}, so names it does not know beside
 * {@code models} are others' settings.
 *
 * @param models what can be asked of which model: model, operation, field, each with what is known
 *     of it; see below. Single entries can be replaced; a name with dots or underscores goes in
 *     brackets
 */
@ConfigurationProperties("reelbatch")
public record ModelsProperties(@DefaultValue Map<String, Object> models) {

  /**
   * The catalogue that was configured.
   *
   * @throws IllegalArgumentException if something in it cannot be; the message names the property
   */
  public Catalogue catalogue() {
    return new CatalogueEntries(models).catalogue();
  }
}
