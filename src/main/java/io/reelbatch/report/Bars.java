package io.reelbatch.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bars of equal width; more than one series are stacked. The last bar takes what lies beyond. */
final class Bars {

  private static final int HEIGHT = 48;

  private final long start;
  private final long width;
  private final long[] tops;
  private final StringBuilder marks = new StringBuilder();
  private final List<long[]> series = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();

  Bars(long start, long width, int bars) {
    this.start = start;
    this.width = width;
    this.tops = new long[bars];
  }

  void stack(Bins bins, String kind) {
    long[] counts = new long[tops.length];
    for (long at = bins.start(); at < bins.end(); at += bins.width()) {
      int bar =
          Math.toIntExact(Math.min(Math.max(Math.floorDiv(at - start, width), 0), tops.length - 1));
      counts[bar] += bins.at(at);
      tops[bar] += bins.at(at);
    }
    series.add(counts);
    kinds.add(kind);
  }

  long highest() {
    return Arrays.stream(tops).max().orElse(0);
  }

  String svg(String described) {
    long highest = Math.max(highest(), 1);
    long[] floor = new long[tops.length];
    for (int s = 0; s < series.size(); s++) {
      for (int bar = 0; bar < tops.length; bar++) {
        long n = series.get(s)[bar];
        if (n > 0) {
          floor[bar] += n;
          marks.append(
              "<rect class=\"s-%s\" x=\"%d\" y=\"%s\" width=\"8\" height=\"%s\"/>"
                  .formatted(
                      kinds.get(s),
                      bar * 10 + 1,
                      tenth(HEIGHT - HEIGHT * (double) floor[bar] / highest),
                      tenth(Math.max(HEIGHT * (double) n / highest, 0.8))));
        }
      }
    }
    String told =
        described.isEmpty()
            ? "aria-hidden=\"true\""
            : "role=\"img\" aria-label=\"" + Html.text(described) + '"';
    return "<svg class=\"chart\" %s viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\">%s</svg>"
        .formatted(told, tops.length * 10, HEIGHT, marks);
  }

  private static String tenth(double number) {
    return BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }
}
