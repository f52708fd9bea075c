package io.reelbatch.job;

import io.reelbatch.model.DiskTrouble;
import io.reelbatch.model.Durations;
import io.reelbatch.model.Language;
import io.reelbatch.model.Message;
import io.reelbatch.notice.Channel;
import io.reelbatch.notice.Occasion;
import io.reelbatch.notice.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Who is to be told how a run went. Bound by hand and never a bean: Spring would print an address
 * when something is wrong with it, and an address is a secret.
 *
 * @param targets targets under names of your own, each with kind and url, and where wanted secret,
 *     when, language, timeout; see below
 */
@ConfigurationProperties("reelbatch")
public record NotifyProperties(
    @Name("notify") @DefaultValue Map<String, Map<String, String>> targets) {

  private static final String PREFIX = "reelbatch.notify.";
  private static final List<String> ATTRIBUTES =
      List.of("kind", "url", "url-file", "secret", "secret-file", "when", "language", "timeout");
  private static final Duration USUAL = Duration.ofSeconds(4);
  private static final Duration LONGEST = Notices.MOST;

  /**
   * The targets of these settings, sorted by name.
   *
   * @throws UsageException if something in them cannot be; no address and no secret is in it
   */
  static List<Target> targets(ConfigurableEnvironment environment) {
    NotifyProperties properties;
    try {
      properties = Binder.get(environment).bindOrCreate("reelbatch", NotifyProperties.class);
    } catch (BindException | IllegalArgumentException e) {
      // Not even as a cause: its message may hold what was read.
      throw new UsageException(
          Message.of(
              "reelbatch.notify.* cannot be read: below it stand names of your own, below these {0}."
                  + " Nothing was sent",
              Message.all(ATTRIBUTES)));
    }
    List<Target> found = new ArrayList<>();
    properties.targets.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> found.add(target(entry.getKey(), entry.getValue())));
    return found;
  }

  private static Target target(String name, Map<String, String> written) {
    Map<String, String> attributes = attributes(name, written);
    Channel channel =
        one(name, "kind", attributes, Channel.values()).orElseThrow(() -> missing(name, "kind"));
    String secret = value(name, "secret", attributes);
    if (secret != null && !channel.signs()) {
      throw wrong(name, "secret", Message.of("messages to {0} are not signed", channel.word()));
    }
    return new Target(
        name,
        channel,
        address(name, value(name, "url", attributes)),
        secret,
        one(name, "when", attributes, Occasion.values()).orElse(Occasion.TROUBLE),
        one(name, "language", attributes, Language.values())
            .orElseGet(() -> Language.of(System.getenv(), Locale.getDefault())),
        timeout(name, attributes.get("timeout")));
  }

  // The environment writes url-file as URL_FILE, which comes as url.file.
  private static Map<String, String> attributes(String name, Map<String, String> written) {
    Map<String, String> attributes = new HashMap<>();
    written.forEach(
        (key, value) ->
            attributes.put(
                ATTRIBUTES.stream()
                    .filter(attribute -> uniform(attribute).equals(uniform(key)))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new UsageException(
                                Message.of(
                                    "{0}: no such setting; there are {1}. Nothing was sent",
                                    PREFIX + name + "." + key, Message.all(ATTRIBUTES)))),
                value.strip()));
    return attributes;
  }

  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  private static <E extends Enum<E>> java.util.Optional<E> one(
      String name, String attribute, Map<String, String> attributes, E[] all) {
    String value = attributes.get(attribute);
    if (value == null || value.isEmpty()) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        Arrays.stream(all)
            .filter(constant -> constant.name().equalsIgnoreCase(value))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        name,
                        attribute,
                        Message.of(
                            "'{0}' is none of {1}",
                            value, Arrays.toString(all).toLowerCase(Locale.ROOT)))));
  }

  /** As it stands there, or in the file that is named; null if there is neither. */
  private static @Nullable String value(
      String name, String attribute, Map<String, String> attributes) {
    String value = attributes.get(attribute);
    String file = attributes.get(attribute + "-file");
    if (value != null && !value.isEmpty()) {
      return value;
    } else if (file == null || file.isEmpty()) {
      return null;
    }
    try {
      return SecretFile.read(Path.of(file));
    } catch (IOException e) {
      throw wrong(
          name, attribute + "-file", Message.of("cannot be read ({0})", DiskTrouble.words(e)));
    } catch (IllegalArgumentException e) {
      throw wrong(name, attribute + "-file", Message.of("it names no file"));
    }
  }

  private static URI address(String name, @Nullable String written) {
    if (written == null) {
      throw missing(name, "url");
    }
    try {
      URI address = new URI(written);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!http || address.getHost() == null || address.getRawUserInfo() != null) {
        throw wrong(
            name, "url", Message.of("it is an http or https address without user and password"));
      }
      return address;
    } catch (URISyntaxException e) {
      throw wrong(name, "url", Message.of("it is no address")); // the cause would repeat it
    }
  }

  private static Duration timeout(String name, @Nullable String written) {
    if (written == null || written.isEmpty()) {
      return USUAL;
    }
    try {
      Duration timeout = Durations.parse(written);
      if (timeout.toMillis() >= 1 && timeout.compareTo(LONGEST) <= 0) {
        return timeout;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw wrong(
        name,
        "timeout",
        Message.of("it is a time of at most {0} s, such as 4s", LONGEST.toSeconds()));
  }

  private static UsageException missing(String name, String attribute) {
    return wrong(name, attribute, Message.of("it is missing"));
  }

  private static UsageException wrong(String name, String attribute, Message problem) {
    return new UsageException(
        Message.of("{0}: {1}. Nothing was sent", PREFIX + name + "." + attribute, problem));
  }
}
