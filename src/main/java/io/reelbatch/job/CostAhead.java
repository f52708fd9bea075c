package io.reelbatch.job;

import io.reelbatch.ledger.PlannedOrders;
import io.reelbatch.model.Money;
import io.reelbatch.model.Order;
import io.reelbatch.model.Prices;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the batch will have cost once all that is planned now is sent, by the prices that are
 * configured. Added up a page at a time, so that nobody waits for a million rows. Not thread-safe.
 */
final class CostAhead {

  private final Prices prices;
  private final Supplier<List<Money>> committed;
  private final PlannedOrders planned;
  private @Nullable Money ahead;
  private long unpriced;
  private boolean complete;
  private List<Money> inAll = List.of();

  /**
   * Of one batch.
   *
   * @param committed all that it has spent, reserved or in doubt
   */
  CostAhead(Prices prices, Supplier<List<Money>> committed, PlannedOrders planned) {
    this.prices = prices;
    this.committed = committed;
    this.planned = planned;
  }

  /** As far as it is known; empty where no price is. Reads the next page, if there is one. */
  Optional<Progress.Cost> look() {
    List<Money> spent = committed.get();
    if (spent.isEmpty() && prices.areUnknown()) {
      return Optional.empty();
    }
    if (!complete) {
      complete = !planned.next(this::add);
      inAll = complete ? sum(spent) : List.of();
    }
    return Optional.of(new Progress.Cost(spent, inAll, unpriced));
  }

  private void add(Order order) {
    Optional<Money> price = prices.of(order);
    if (price.isEmpty()) {
      unpriced++;
    } else {
      ahead = ahead == null ? price.get() : ahead.plus(price.get());
    }
  }

  private List<Money> sum(List<Money> spent) {
    Money more = ahead;
    if (more == null) {
      return spent;
    }
    boolean another = spent.stream().noneMatch(one -> one.currency().equals(more.currency()));
    return another
        ? Stream.concat(spent.stream(), Stream.of(more)).toList()
        : spent.stream()
            .map(one -> one.currency().equals(more.currency()) ? one.plus(more) : one)
            .toList();
  }
}
