package io.reelbatch.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelbatch.model.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SendRatesTest {

  private static final Kind CREATE = new Kind("create sora-2 small");
  private static final Kind LARGE = new Kind("create sora-2 large");
  private static final Kind EXTEND = new Kind("extend grok-video-3");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HandTime time = new HandTime();
  private final Pulse pulse = new Pulse((beaten, longest) -> time.pass(longest));

  @Test
  void aMomentIsReservedALittleAheadAndNeverEarlier() {
    var rates = rates("50/s", Map.of());

    assertThat(rates.ready(8)).isZero();
    time.pass(rates.untilReady());
    assertThat(rates.ready(8)).isEqualTo(1);
    long moment = rates.reserve(CREATE);

    assertThat(moment - time.nanos()).isBetween(19_000_000L, 20_200_000L);
    assertThat(rates.ready(8)).isZero();
  }

  @Test
  void whoIsInTimeLeavesAtItsMoment() throws Exception {
    var rates = rates("50/s", Map.of());
    long moment = rates.reserve(CREATE);

    assertThat(rates.awaitDeparture(CREATE, moment)).isTrue();

    assertThat(time.nanos()).isEqualTo(moment);
  }

  @Test
  void whoMissedItsMomentTakesANewOne() throws Exception {
    var rates = rates("50/s", Map.of());
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      moments.add(rates.reserve(CREATE));
    }
    time.pass(SECOND);
    List<Long> gone = new ArrayList<>();

    for (long moment : moments) {
      assertThat(rates.awaitDeparture(CREATE, moment)).isTrue();
      gone.add(time.nanos());
    }

    for (int i = 1; i < 5; i++) {
      assertThat(gone.get(i) - gone.get(i - 1)).isGreaterThan(19_000_000L);
    }
  }

  @Test
  void stallsAreMadeUpForWithoutABurst() throws Exception {
    var rates = rates("50/s", Map.of());
    var stalls = new SplittableRandom(3);
    List<Long> gone = new ArrayList<>();
    long began = time.nanos();

    while (time.nanos() - began < Duration.ofSeconds(60).toNanos()) {
      if (stalls.nextInt(500) == 0) {
        time.pass(Duration.ofMillis(stalls.nextInt(100)));
      }
      if (rates.ready(1) == 0) {
        time.pass(Duration.ofMillis(1));
      } else if (rates.awaitDeparture(CREATE, rates.reserve(CREATE))) {
        gone.add(time.nanos() - began);
      }
    }

    double seconds = (double) (gone.get(gone.size() - 1) - gone.get(0)) / 1e9;
    assertThat((gone.size() - 1) / seconds / 50).isBetween(0.995, 1.0);
    assertThat(fullestSecond(gone)).isLessThanOrEqualTo(52);
  }

  @Test
  void momentsThatWereMissedCountOnceOnTheAverage() throws Exception {
    var rates = rates("50/s", Map.of());
    long began = rates.reserve(CREATE);
    time.pass(Duration.ofNanos(began - time.nanos()));
    int gone = 0;

    for (; gone < 50 * 60; gone++) {
      long moment = rates.reserve(CREATE);
      time.pass(Duration.ofNanos(Math.max(0, moment - time.nanos())));
      if (gone % 250 == 249) {
        time.pass(Duration.ofMillis(11));
      }
      assertThat(rates.awaitDeparture(CREATE, moment)).isTrue();
    }

    double seconds = (double) (time.nanos() - began) / 1e9;
    assertThat(gone / seconds / 50).isBetween(0.995, 1.0);
  }

  @Test
  void waitingBeforeTheFirstRequestIsNotMadeUpFor() throws Exception {
    var rates = rates("50/s", Map.of());
    time.pass(Duration.ofMinutes(1));
    long first = rates.reserve(CREATE);
    long last = first;

    for (int i = 0; i < 50 * 60; i++) {
      last = rates.reserve(CREATE);
      time.pass(Duration.ofNanos(Math.max(0, last - time.nanos())));
    }

    assertThat(last - first).isBetween(60_000_000_000L, 60_200_000_000L);
  }

  @Test
  void aRequestIsKeptBackWhenTheGatewayAsksForPatienceMeanwhile() throws Exception {
    var rates = rates("50/s", Map.of());
    long moment = rates.reserve(CREATE);

    rates.all().hold(Duration.ofSeconds(30));

    assertThat(rates.awaitDeparture(CREATE, moment)).isFalse();
    assertThat(rates.ready(8)).isZero();
    assertThat(rates.untilReady()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aRowNeverWaitsLongUnderItsIntent() throws Exception {
    var rates = rates("2/s", Map.of());
    for (int i = 0; i < 4; i++) {
      long unused = rates.reserve(CREATE);
    }

    assertThat(rates.awaitDeparture(CREATE, rates.reserve(CREATE))).isFalse();
  }

  @Test
  void anOperationOrAModelMayHaveASlowerRateOfItsOwn() {
    var rates =
        rates("50/s", Map.of("extend", Rate.valueOf("30/m"), "sora-2", Rate.valueOf("1/s")));
    time.pass(SECOND.plusMillis(10));

    assertThat(rates.ready(CREATE, 8)).isEqualTo(1);
    assertThat(rates.ready(EXTEND, 8)).isZero();
    assertThat(rates.untilReady(EXTEND)).isBetween(Duration.ofMillis(900), SECOND);
    assertThat(rates.untilReady(CREATE)).isZero();
    long moment = rates.reserve(CREATE);

    assertThat(rates.ready(LARGE, 8)).isZero(); // they share the model's rate
    assertThat(moment - time.nanos()).isLessThanOrEqualTo(0);
    rates.giveBack(CREATE);
    assertThat(rates.ready(LARGE, 8)).isEqualTo(1);
  }

  @Test
  void whoMissedAMomentOfASlowRateKeepsIt() throws Exception {
    var rates = rates("1000000/s", Map.of("extend", Rate.valueOf("6/m")));
    time.pass(Duration.ofSeconds(11));
    long moment = rates.reserve(EXTEND);
    time.pass(SECOND);

    assertThat(rates.awaitDeparture(EXTEND, moment)).isTrue();
  }

  @Test
  void theLeadFollowsTheDisk() {
    var rates = rates("50/s", Map.of());

    rates.intentTook(Duration.ofMillis(60));
    assertThat(rates.ready(8)).isEqualTo(4); // 95 ms ahead
    rates.intentTook(SECOND);
    assertThat(rates.ready(8)).isEqualTo(7); // 150 ms at most
    for (int i = 0; i < 1_000; i++) {
      rates.intentTook(Duration.ZERO);
    }
    assertThat(rates.untilReady())
        .isBetween(Duration.ofMillis(4), Duration.ofMillis(6)); // 15 ms ahead at least
  }

  private SendRates rates(String rate, Map<String, Rate> some) {
    return new SendRates(Rate.valueOf(rate), some, time, pulse, new SplittableRandom(7));
  }

  private static int fullestSecond(List<Long> times) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) >= SECOND.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
