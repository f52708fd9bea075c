package io.reelbatch.job;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one command wants of a home.
 *
 * @param lockWait how long to wait while another run uses it
 * @param what is done there, for the next one who finds it locked
 * @param companion what has to be there as long as it is used; null for nothing
 * @param origin what the gateway is called in the ledger when its address is not what matters (a
 *     simulator has another port each time); null for its address
 * @param settings properties that options stand for, by name; they win over files and environment
 */
public record HomeUse(
    Home home,
    Duration lockWait,
    String what,
    @Nullable Supplier<Companion> companion,
    @Nullable String origin,
    Map<String, String> settings) {

  /** Copies. */
  public HomeUse {
    settings = Map.copyOf(settings);
  }

  /** With more properties; those that are there already win. */
  HomeUse with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(settings);
    return new HomeUse(home, lockWait, what, companion, origin, all);
  }

  /** What the gateway is called in the ledger. */
  String originOr(URI address) {
    return origin == null ? address.toString().replaceAll("/+$", "") : origin;
  }
}
