package io.reelbatch.notice;

import io.reelbatch.model.Language;
import io.reelbatch.model.RowState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notices and targets of tests. */
final class Told {

  static final Instant NOW = Instant.parse("2026-11-24T20:00:00.123Z");

  private Told() {}

  static Target target(Channel channel, URI address, @Nullable String secret) {
    return new Target(
        "team", channel, address, secret, Occasion.TROUBLE, Language.EN, Duration.ofSeconds(5));
  }

  static Notice halted() {
    return notice(
        "sending stopped",
        new Notice.Need(
            "Sending stopped: the gateway does not accept the API key",
            "invalid key — mend it",
            "cd /data && reelbatch run shots.csv"));
  }

  static Notice notice(String what, Notice.Need... needs) {
    return new Notice(
        Notice.SCHEMA,
        "6f1f0c9e-0000-4000-8000-000000000000",
        "end",
        "my_*shots*",
        "8f108a4ee2f0",
        false,
        "halted",
        5,
        "en",
        "Reelbatch, batch my_*shots* on studio-1: " + what,
        "Not finished: 1 of 3 videos is ready so far.",
        Map.of(RowState.SUCCEEDED, 1L, RowState.PLANNED, 2L),
        List.of(new Notice.Cost("USD", "0.8", "1.6")),
        List.of(needs),
        "/data/shots-results/report.html",
        "/home/me/.local/state/reelbatch",
        "studio-1",
        Instant.parse("2026-11-24T19:00:00Z"),
        NOW);
  }
}
