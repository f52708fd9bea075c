package io.reelbatch.report;

import io.reelbatch.ledger.Spent;
import io.reelbatch.model.Caps;
import io.reelbatch.model.Money;
import io.reelbatch.model.RowState;
import io.reelbatch.model.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page's cards of money, times and reasons. The bars are SVG that stretches; every word stands
 * in HTML beside it, where it keeps its size.
 */
final class Figures {

  private static final int MOST_REASONS = 6;
  private static final int BARS = 96;
  private static final int TIME_BARS = 28;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");

  private final Words words;
  private final ZoneId zone;
  private final Overview overview;

  Figures(Words words, ZoneId zone, Overview overview) {
    this.words = words;
    this.zone = zone;
    this.overview = overview;
  }

  String money(List<Spent> spent, Caps caps) {
    StringBuilder facts = new StringBuilder();
    String meter = "";
    for (Spent one : spent) {
      facts.append(fact("money.charged", amount(one.charged()), "big"));
      if (one.open().amount().signum() != 0) {
        facts.append(fact("money.open", amount(one.open()), "warn"));
      }
      Money cap = caps.batch();
      if (cap != null && cap.currency().equals(one.charged().currency())) {
        BigDecimal left =
            cap.amount().subtract(one.charged().amount()).subtract(one.open().amount());
        facts.append(fact("money.left", amount(new Money(left, cap.currency())), ""));
        meter = meter(one, cap);
      }
    }
    facts.append(cap("money.cap", caps.batch()));
    facts.append(cap("money.day", caps.day())).append(cap("money.month", caps.month()));
    if (caps.sends() != null) {
      facts.append(fact("money.sends", words.say("clause.number", caps.sends()), ""));
    }
    String list = facts.isEmpty() ? "" : "<dl class=\"facts\">" + facts + "</dl>";
    return card(
        "money.heading",
        list + meter + note(words.say(spent.isEmpty() ? "money.unknown" : "money.note")));
  }

  /** How much of the cap is gone. */
  private static String meter(Spent spent, Money cap) {
    BigDecimal all = cap.amount().max(BigDecimal.valueOf(1, 6));
    BigDecimal charged = share(spent.charged().amount(), all);
    return """
        <svg class="meter" aria-hidden="true" width="100%%" height="8">\
        <rect class="rest" width="100%%" height="8"/><rect class="gone" width="%s%%" height="8"/>\
        <rect class="s-IN_DOUBT" x="%s%%" width="%s%%" height="8"/></svg>"""
        .formatted(charged, charged, share(spent.open().amount(), all));
  }

  private static BigDecimal share(BigDecimal part, BigDecimal all) {
    return part.movePointRight(2).divide(all, 3, RoundingMode.HALF_UP);
  }

  private String cap(String key, @Nullable Money cap) {
    return cap == null ? "" : fact(key, amount(cap), "");
  }

  private static String amount(Money money) {
    return String.valueOf(ReportColumn.cost(money));
  }

  private String fact(String key, String value, String kind) {
    return "<div class=\"%s\"><dt>%s</dt><dd>%s</dd></div>"
        .formatted(kind, Html.text(words.say(key)), Html.text(value));
  }

  /** When requests left and when their tasks ended, on one axis of time. */
  String when() {
    Bins sent = overview.sent();
    if (sent.isEmpty()) {
      return card("chart.when", note(words.say("chart.nothing")));
    }
    List<Bins> all =
        List.of(sent, overview.succeeded(), overview.ended()).stream()
            .filter(bins -> !bins.isEmpty())
            .toList();
    long from = all.stream().mapToLong(Bins::start).min().orElseThrow();
    long to = all.stream().mapToLong(Bins::end).max().orElseThrow();
    long width = Math.max(Bins.widthFor(to - from, BARS), 1000);
    width = all.stream().mapToLong(Bins::width).reduce(width, Math::max);
    long start = Math.floorDiv(from, width) * width;
    int bars = Math.toIntExact(Math.floorDiv(to - 1, width) - Math.floorDiv(from, width) + 1);

    Bars departures = new Bars(start, width, bars);
    departures.stack(sent.atLeast(width), "sent");
    Bars ends = new Bars(start, width, bars);
    ends.stack(overview.succeeded().atLeast(width), "SUCCEEDED");
    ends.stack(overview.ended().atLeast(width), "FAILED");

    String described =
        words.say(
            "chart.when.described",
            DAY_AND_TIME.withZone(zone).format(Instant.ofEpochMilli(start)),
            DAY_AND_TIME.withZone(zone).format(Instant.ofEpochMilli(start + bars * width)),
            sent.all(),
            overview.succeeded().all(),
            overview.ended().all());
    return card(
        "chart.when",
        label("chart.sent", departures.highest(), width)
            + departures.svg(described)
            + label("chart.done", ends.highest(), width)
            + ends.svg("")
            + ticks(times(start, start + bars * width / 2, start + bars * width)));
  }

  private String label(String key, long most, long width) {
    return note(words.say("chart.most", words.say(key), most, span(width)));
  }

  /** The day stands where it is another than before; seconds where all is a matter of minutes. */
  private String[] times(long... millis) {
    String[] times = new String[millis.length];
    boolean close = millis[millis.length - 1] - millis[0] < Duration.ofMinutes(10).toMillis();
    DateTimeFormatter time = close ? SECONDS : TIME;
    DateTimeFormatter day = close ? SECONDS : DAY_AND_TIME;
    LocalDate before = LocalDate.MIN;
    for (int i = 0; i < times.length; i++) {
      ZonedDateTime at = Instant.ofEpochMilli(millis[i]).atZone(zone);
      times[i] = (at.toLocalDate().equals(before) ? time : day).format(at);
      before = at.toLocalDate();
    }
    return times;
  }

  String took() {
    Bins times = overview.times();
    if (times.isEmpty()) {
      return card("chart.took", note(words.say("chart.nothing")));
    }
    // A few that took a day would press all others into one bar.
    long usual = times.below(0.98);
    long width = Math.max(Bins.widthFor(usual, TIME_BARS), times.width());
    int bars = Math.toIntExact((usual + width - 1) / width);
    boolean longer = times.end() > bars * width;
    Bars histogram = new Bars(0, width, longer ? bars + 1 : bars);
    histogram.stack(times.atLeast(width), "SUCCEEDED");
    String described =
        words.say("chart.took.described", span(times.below(0.5)), span(times.below(0.95)));
    return card(
        "chart.took",
        note(described)
            + histogram.svg(described)
            + ticks(
                span(0), span(bars * width / 2), longer ? words.say("chart.longer") : span(usual)));
  }

  private String span(long millis) {
    long seconds = millis / 1000;
    if (seconds < 60) {
      return words.say("time.s", millis / 1000.0);
    } else if (seconds < 3600) {
      return words.say("time.min", seconds / 60) + rest("time.s", seconds % 60);
    }
    return seconds < 86_400
        ? words.say("time.h", seconds / 3600) + rest("time.min", seconds / 60 % 60)
        : words.say("time.d", seconds / 86_400) + rest("time.h", seconds / 3600 % 24);
  }

  private String rest(String key, long number) {
    return number == 0 ? "" : " " + words.say(key, number);
  }

  String why() {
    List<Overview.Failures> reasons = overview.reasons(MOST_REASONS);
    long others = overview.otherReasons(MOST_REASONS);
    if (reasons.isEmpty()) {
      boolean none = overview.of(RowState.SUCCEEDED) == 0;
      return card("chart.why", note(words.say(none ? "chart.nothing" : "chart.why.none")));
    }
    long most = Math.max(reasons.get(0).rows(), others);
    StringBuilder list = new StringBuilder("<ul class=\"why\">");
    for (Overview.Failures failures : reasons) {
      list.append(
          reason(
              failures.example().code(),
              failures.example().message(words.language()),
              failures.rows(),
              most));
    }
    if (others > 0) {
      list.append(reason("", words.say("chart.why.other"), others, most));
    }
    return card("chart.why", list + "</ul>");
  }

  private String reason(String code, String message, long rows, long most) {
    return """
        <li><span class="n">%s</span><span class="said">%s %s</span>\
        <svg class="bar" aria-hidden="true" width="100%%" height="4">\
        <rect class="s-FAILED" width="%s%%" height="4" rx="2"/></svg></li>"""
        .formatted(
            Html.text(words.say("clause.number", rows)),
            code.isBlank() ? "" : "<code>" + Html.text(code) + "</code>",
            Html.text(message),
            percent(rows, most));
  }

  /** One bar of all rows by their state, and what the colours mean. */
  String states() {
    if (overview.lines() == 0) {
      return "";
    }
    StringBuilder bar =
        new StringBuilder(
            "<svg class=\"states\" aria-hidden=\"true\" width=\"100%\" height=\"10\""
                + " preserveAspectRatio=\"none\">");
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
    long before = 0;
    for (RowState state : Lead.ORDER) {
      long rows = overview.of(state);
      if (rows == 0) {
        continue;
      }
      bar.append(
          "<rect class=\"s-%s\" x=\"%s%%\" width=\"%s%%\" height=\"10\"/>"
              .formatted(
                  state, percent(before, overview.lines()), percent(rows, overview.lines())));
      legend.append(
          "<li><a href=\"#rows\" data-state=\"%s\"><i class=\"dot s-%s\"></i><b>%s</b> %s</a></li>"
              .formatted(
                  state,
                  state,
                  Html.text(words.say("clause.number", rows)),
                  Html.text(words.say("state." + state))));
      before += rows;
    }
    return bar + "</svg>" + legend + "</ul>";
  }

  private static String percent(long part, long all) {
    return BigDecimal.valueOf(part * 100)
        .divide(BigDecimal.valueOf(Math.max(all, 1)), 3, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private String card(String heading, String content) {
    return "<section class=\"card\"><h2>%s</h2>%s</section>\n"
        .formatted(Html.text(words.say(heading)), content);
  }

  private static String note(String text) {
    return "<p class=\"note\">" + Html.text(text) + "</p>";
  }

  private static String ticks(String... texts) {
    StringBuilder ticks = new StringBuilder("<p class=\"ticks\" aria-hidden=\"true\">");
    for (String text : texts) {
      ticks.append("<span>").append(Html.text(text)).append("</span>");
    }
    return ticks + "</p>";
  }
}
