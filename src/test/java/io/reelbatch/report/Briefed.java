package io.reelbatch.report;

import io.reelbatch.ledger.Spent;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Caps;
import io.reelbatch.model.Language;
import io.reelbatch.model.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** What a page may be told beyond its lines. */
final class Briefed {

  private Language language = Language.EN;
  private Map<String, Integer> columns = Map.of("prompt", 0);
  private List<Spent> spent = List.of();
  private Caps caps = Caps.NONE;
  private long doubts;
  private Briefing.Troubles troubles = Briefing.Troubles.NONE;
  private List<String> run = List.of("run", "shots.csv");

  Briefed in(Language other) {
    language = other;
    return this;
  }

  Briefed columns(Map<String, Integer> places) {
    columns = places;
    return this;
  }

  Briefed spent(String charged, String open, String cap) {
    spent = List.of(new Spent(usd(charged), usd(open)));
    caps = new Caps(usd(cap), null, null, null);
    return this;
  }

  Briefed doubts(long rows) {
    doubts = rows;
    return this;
  }

  Briefed troubled(Briefing.Troubles some) {
    troubles = some;
    return this;
  }

  Briefed run(String... words) {
    run = List.of(words);
    return this;
  }

  private static Money usd(String amount) {
    return new Money(new BigDecimal(amount), Currency.getInstance("USD"));
  }

  Briefing briefing() {
    return new Briefing(
        new BatchName("shots"),
        "https://api.example.com",
        language,
        ZoneId.of("Asia/Shanghai"),
        Instant.parse("2026-11-24T08:30:00Z"),
        columns,
        spent,
        caps,
        doubts,
        troubles,
        new Commands(Path.of("/data"), run, List.of("--home", "/var/lib/reel batch")));
  }
}
