package io.reelbatch.job;

import io.reelbatch.gateway.ApiKey;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Finds the API keys, one for each account. Not bound properties: Spring would print a value when
 * something is wrong with it.
 */
final class ApiKeys {

  private static final String KEY = "apikey";
  private static final String FILE = "file";

  private final ConfigurableEnvironment environment;

  ApiKeys(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  /**
   * The account's key: of {@link AccountName#DEFAULT} that of {@code REELBATCH_API_KEY} or the file
   * that {@code REELBATCH_API_KEY_FILE} names, of others {@code REELBATCH_API_KEY_NAME}, {@code
   * REELBATCH_API_KEY_NAME_FILE} or {@code reelbatch.accounts.NAME}. Never another account's.
   *
   * @throws UsageException if there is none; the message never holds a key
   */
  ApiKey of(AccountName account) {
    return find(account).orElseThrow(() -> new UsageException(missing(account)));
  }

  /**
   * The same, empty if there is none.
   *
   * @throws UsageException if there is one that cannot be right
   */
  Optional<ApiKey> find(AccountName account) {
    String key = value(account, "");
    String file = value(account, FILE);
    try {
      if (key != null) {
        return Optional.of(new ApiKey(key.strip()));
      }
      if (file != null) {
        return Optional.of(new ApiKey(SecretFile.read(Path.of(file))));
      }
    } catch (IOException e) {
      throw new UsageException(
          Message.of(
              "cannot read the file that {0} names, {1}: {2}",
              account.variable() + "_FILE", file, DiskTrouble.words(e)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          Message.of(
              "the API key cannot be right ({0}): {1}",
              account.variable() + (key == null ? "_FILE" : ""), Message.of(e)));
    }
    return Optional.empty();
  }

  /** What is to be done about an account without a key. */
  static Message missing(AccountName account) {
    return account.equals(AccountName.DEFAULT)
        ? Message.of(
            "no API key: set REELBATCH_API_KEY, or REELBATCH_API_KEY_FILE to a file that holds it."
                + " To try without a key and without paying, add --simulate")
        : Message.of(
            "no API key for account {0}: set {1}, or {1}_FILE to a file that holds it",
            account, account.variable());
  }

  private @Nullable String value(AccountName account, String what) {
    Set<String> names =
        account.equals(AccountName.DEFAULT)
            ? Set.of(uniform(KEY + what), uniform("accounts" + account.uniform() + KEY + what))
            : Set.of(
                uniform(KEY + account.uniform() + what),
                uniform("accounts" + account.uniform() + KEY + what));
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> enumerable) {
        for (String name : enumerable.getPropertyNames()) {
          if (isOurs(name) && names.contains(SettingNames.uniform(name))) {
            // Through the environment: placeholders are filled in.
            String value = environment.getProperty(name);
            if (value != null && !value.isBlank()) {
              return value;
            }
          }
        }
      }
    }
    return null;
  }

  private static boolean isOurs(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("reelbatch");
  }

  private static String uniform(String name) {
    return "reelbatch" + name;
  }
}
