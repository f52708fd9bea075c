package io.reelbatch.job;

import io.reelbatch.ledger.BatchMoney;
import io.reelbatch.ledger.BatchRecord;
import io.reelbatch.ledger.Batches;
import io.reelbatch.ledger.CapUse;
import io.reelbatch.ledger.LedgerDatabase;
import io.reelbatch.ledger.StagedInput;
import io.reelbatch.ledger.StagedPlan;
import io.reelbatch.ledger.TimesTaken;
import io.reelbatch.model.Caps;
import io.reelbatch.model.Catalogue;
import io.reelbatch.model.Kind;
import io.reelbatch.model.Message;
import io.reelbatch.model.Money;
import io.reelbatch.model.Prices;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** What a run of a staged input would send, cost and take. */
final class Forecast {

  private final ApplicationContext context;
  private final BatchRecord batch;

  Forecast(ApplicationContext context, BatchRecord batch) {
    this.context = context;
    this.batch = batch;
  }

  private static final class Sum {
    private long rows;
    private long unpriced;
    private @Nullable Money cost;

    void add(@Nullable Money price) {
      rows++;
      if (price == null) {
        unpriced++;
      } else {
        cost = cost == null ? price : cost.plus(price);
      }
    }
  }

  /** Of an input that is staged and right. */
  InputCheck of(StagedInput input, List<Message> warnings, SimilarPrompts prompts) {
    StagedPlan plan = new StagedPlan(context.getBean(LedgerDatabase.class), batch);
    Prices prices =
        context
            .getBean(PricesProperties.class)
            .list(context.getBean(BudgetProperties.class).unit(), context.getBean(Catalogue.class));
    Map<String, Sum> sums = new TreeMap<>();
    long[] fromOthers = {0};
    long[] repeated = {0};
    plan.forEach(
        input,
        line -> {
          Kind kind = line.toSend();
          if (kind != null) {
            sums.computeIfAbsent(kind.name(), name -> new Sum())
                .add(prices.areUnknown() ? null : prices.of(line.order()).orElse(null));
          }
          fromOthers[0] += line.isFromAnother() ? 1 : 0;
          repeated[0] += line.isRepeated() ? 1 : 0;
        });
    List<Kind> proven = plan.proven();
    List<InputCheck.OfKind> kinds =
        sums.entrySet().stream()
            .map(
                sum -> {
                  Kind kind = new Kind(sum.getKey());
                  Sum of = sum.getValue();
                  return new InputCheck.OfKind(
                      kind, of.rows, of.cost, of.unpriced, proven.contains(kind));
                })
            .toList();
    long rows = kinds.stream().mapToLong(InputCheck.OfKind::rows).sum();
    Withdrawal.of(plan, input).map(Withdrawal::message).ifPresent(warnings::add);
    Withdrawal.ofPaidRows(plan, input).ifPresent(warnings::add);
    warnings.addAll(oddities(repeated[0], prompts, plan.paidElsewhere(input)));
    warnings.addAll(caps(sums.values()));
    SubmitProperties pace = context.getBean(SubmitProperties.class);
    return new InputCheck(
        List.of(),
        warnings,
        kinds,
        plan.known(input),
        fromOthers[0],
        pace.rate().interval().multipliedBy(rows),
        making(new TimesTaken(context.getBean(LedgerDatabase.class), batch), rows, pace));
  }

  /** What the caps on money would keep from being sent, as far as that is known beforehand. */
  private List<Message> caps(Collection<Sum> sums) {
    List<Message> notes = new ArrayList<>();
    Caps caps = context.getBean(BudgetProperties.class).caps();
    long unpriced = sums.stream().mapToLong(sum -> sum.unpriced).sum();
    if (caps.needPrices() && unpriced > 0) {
      notes.add(
          Message.of(
              "{0} rows have no price, and under a cap of money none of these is sent: set"
                  + " reelbatch.prices",
              unpriced));
    }
    Optional<Money> cost =
        sums.stream().map(sum -> sum.cost).filter(Objects::nonNull).reduce(Money::plus);
    BatchMoney money =
        new BatchMoney(
            context.getBean(LedgerDatabase.class), context.getBean(Batches.class), batch);
    for (CapUse use : money.caps(caps, context.getBean(InstantSource.class).instant())) {
      BigDecimal left = use.cap().amount().subtract(use.used().amount());
      cost.filter(all -> all.amount().compareTo(left) > 0)
          .ifPresent(
              all ->
                  notes.add(
                      Message.of(
                          "reelbatch.budget.{0} is {1} and {2} of it are spent, reserved or in"
                              + " doubt; these rows cost {3}, so not all of them would be sent",
                          use.period(), use.cap(), use.used(), all)));
    }
    return notes;
  }

  /** How long so many rows take to make, by what the newest took; null if none is known. */
  static @Nullable Duration making(TimesTaken times, long rows, SubmitProperties pace) {
    return usual(times).map(one -> making(one, rows, pace)).orElse((Duration) null);
  }

  /** How long so many rows take to make if one takes that long. */
  static Duration making(Duration one, long rows, SubmitProperties pace) {
    return one.multipliedBy(rows).dividedBy(Math.min(pace.maxActive(), Math.max(1, rows)));
  }

  /** How long the newest took, half of them at most; empty if none is known. */
  static Optional<Duration> usual(TimesTaken times) {
    List<Duration> taken = times.read().stream().map(TimesTaken.Taken::told).sorted().toList();
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken.get(taken.size() / 2));
  }

  private static List<Message> oddities(long repeated, SimilarPrompts prompts, long elsewhere) {
    List<Message> oddities = new ArrayList<>();
    if (repeated > 0) {
      oddities.add(
          Message.of(
              "{0} exactly what a line before asks for; each is made, and paid for, by itself",
              lines(repeated)));
    }
    if (prompts.alike() > 0) {
      oddities.add(
          Message.of(
              "{0} prompts differ from another one only in case, spaces or punctuation; each is paid"
                  + " for by itself",
              prompts.alike()));
    }
    if (elsewhere > 0) {
      oddities.add(
          Message.of(
              "{0} exactly what another batch of this home has paid for; this batch would pay again",
              lines(elsewhere)));
    }
    return oddities;
  }

  private static Message lines(long count) {
    return count == 1 ? Message.of("1 line asks for") : Message.of("{0} lines ask for", count);
  }
}
