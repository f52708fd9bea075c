package io.reelbatch.job;

import io.reelbatch.model.BatchName;
import io.reelbatch.notice.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who was told of which trouble of which batch: cron may meet the same one 48 times a day. A small
 * file in the home; whoever cannot read it tells once more.
 */
final class ToldTroubles {

  private static final Logger log = LoggerFactory.getLogger(ToldTroubles.class);
  private static final Duration AGAIN_AFTER = Duration.ofHours(24);

  private final Home home;
  private final BatchName batch;

  ToldTroubles(Home home, BatchName batch) {
    this.home = home;
    this.batch = batch;
  }

  /** Whether somebody was told of it within a day. */
  boolean knows(Target target, String trouble, Instant now) {
    return read(now).containsKey(key(target, trouble));
  }

  /** Remembers that somebody was told. */
  void told(Target target, String trouble, Instant now) {
    Map<String, String> all = read(now);
    all.put(key(target, trouble), now.toString());
    write(all);
  }

  /** The batch is well: what comes next is new. */
  void over(Instant now) {
    Map<String, String> all = read(now);
    if (all.keySet().removeIf(key -> key.startsWith(batch.value() + " "))) {
      write(all);
    }
  }

  // A batch's name has no spaces. What the trouble says may name rows and files, so it is hashed.
  private String key(Target target, String trouble) {
    return batch.value() + " " + target.name() + " " + Integer.toHexString(trouble.hashCode());
  }

  private Map<String, String> read(Instant now) {
    Map<String, String> fresh = new TreeMap<>();
    try {
      Optional<String> text = home.remembered();
      Map<String, String> all =
          text.isEmpty()
              ? Map.of()
              : JsonMapper.shared()
                  .readValue(text.get(), new TypeReference<LinkedHashMap<String, String>>() {});
      all.forEach(
          (key, at) -> {
            if (Instant.parse(at).plus(AGAIN_AFTER).isAfter(now)) {
              fresh.put(key, at);
            }
          });
    } catch (JacksonException | DateTimeException | UsageException e) {
      log.debug("who was told of what cannot be read", e);
    }
    return fresh;
  }

  private void write(Map<String, String> all) {
    try {
      home.remember(JsonMapper.shared().writeValueAsString(all) + "\n");
    } catch (RuntimeException e) {
      log.debug("who was told of what could not be remembered", e);
    }
  }
}
