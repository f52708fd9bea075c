package io.reelbatch.job;

import io.reelbatch.gateway.ApiKey;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.core.env.Environment;

/**
 * Finds the API key. Not a bound property: Spring would print its value when something is wrong
 * with it.
 */
final class ApiKeys {

  private ApiKeys() {}

  /**
   * The key from {@code REELBATCH_API_KEY} or the file that {@code REELBATCH_API_KEY_FILE} names.
   *
   * @throws UsageException if there is none; the message never holds a key
   */
  static ApiKey find(Environment environment) {
    String key = environment.getProperty("reelbatch.api-key");
    String file = environment.getProperty("reelbatch.api-key-file");
    try {
      if (key != null && !key.isBlank()) {
        return new ApiKey(key.strip());
      }
      if (file != null && !file.isBlank()) {
        return new ApiKey(Files.readString(Path.of(file)).strip());
      }
    } catch (IOException e) {
      throw new UsageException(
          Message.of(
              "cannot read the file that REELBATCH_API_KEY_FILE names, {0}: {1}",
              file, DiskTrouble.words(e)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(Message.of("the API key cannot be right: {0}", Message.of(e)));
    }
    throw new UsageException(
        Message.of(
            "no API key: set REELBATCH_API_KEY, or REELBATCH_API_KEY_FILE to a file that holds it."
                + " To try without a key and without paying, add --simulate"));
  }
}
