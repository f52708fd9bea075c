package io.reelbatch.selftest;

import io.reelbatch.simulator.LoggedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch as it may have gone, told event by event. */
final class Case {

  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  private final List<String> orders = new ArrayList<>();
  private final List<LoggedRequest> requests = new ArrayList<>();
  private final List<ReportedRow> rows = new ArrayList<>();
  private final List<String> misbehaviour = new ArrayList<>();
  private final Map<KillPoint, Long> kills = new EnumMap<>(KillPoint.class);
  private long lastStart;
  private @Nullable Long cap;

  static Case ordered(String... prompts) {
    Case told = new Case();
    told.orders.addAll(List.of(prompts));
    return told;
  }

  /** The program was allowed no more than so many paid requests. */
  Case capped(long requests) {
    cap = requests;
    return this;
  }

  /** The gateway took the order and answered with the id. */
  Case accepted(String prompt, String task) {
    return sent(prompt, 200, task, "accepted");
  }

  /** The gateway took the order, and its answer was lost on the way. */
  Case acceptedUnheard(String prompt, String task) {
    return sent(prompt, 0, task, "accepted, then hang-up");
  }

  /** The gateway made nothing of it. */
  Case answered(String prompt, int status) {
    return sent(prompt, status, null, "refused");
  }

  Case polled(String task) {
    return request("GET", "/v1/videos/" + task.replace(":", "%3A"), "", 200, null, "found");
  }

  Case killed() {
    kills.merge(KillPoint.ANSWERED, 1L, Long::sum);
    lastStart = requests.size();
    return this;
  }

  Case misbehaved(String what) {
    misbehaviour.add(what);
    return this;
  }

  /** A line of results.csv. */
  Case reported(String prompt, String state, String task) {
    rows.add(new ReportedRow(prompt, state, task));
    return this;
  }

  Verdict judged() {
    return Judge.judge(
        new Evidence(
            "b1",
            orders,
            cap == null ? orders.size() : cap,
            requests,
            new Report(rows, rows),
            kills,
            1,
            kills.size() + 1,
            lastStart,
            misbehaviour));
  }

  private Case sent(String prompt, int status, @Nullable String task, String note) {
    String body = "{\"prompt\":\"" + prompt + "\"}";
    return request("POST", "/v1/video/create", body, status, task, note);
  }

  private Case request(
      String method, String path, String body, int status, @Nullable String task, String note) {
    int number = requests.size() + 1;
    requests.add(new LoggedRequest(number, AT, method, path, Map.of(), body, status, task, note));
    return this;
  }
}
