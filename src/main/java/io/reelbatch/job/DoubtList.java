package io.reelbatch.job;

import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.AccountName;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.model.TaskListing;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows in doubt, each with the tasks of the gateway's list that it may have made.
 *
 * @param listing what came of asking the gateway for its list
 */
public record DoubtList(List<Row> rows, TaskListing listing) {

  /**
   * A row and its candidates.
   *
   * @param candidates the likeliest first
   */
  public record Row(Doubt doubt, List<Candidate> candidates) {
    /** Keeps its own list. */
    public Row {
      candidates = List.copyOf(candidates);
    }
  }

  /** Keeps its own list. */
  public DoubtList {
    rows = List.copyOf(rows);
  }

  /**
   * Looks for the rows' tasks in the lists of the accounts that they were sent with.
   *
   * @param unknown whether a task belongs to no row
   */
  static DoubtList of(
      List<Doubt> doubts,
      Map<AccountName, TaskListing> listings,
      Predicate<ListedTask> unknown,
      Duration answerTimeout) {
    return new DoubtList(
        doubts.stream()
            .map(
                doubt ->
                    new Row(
                        doubt,
                        tasks(listings.get(doubt.account())).stream()
                            .filter(unknown)
                            .map(task -> Candidate.of(doubt, task, answerTimeout))
                            .flatMap(Optional::stream)
                            .sorted(Comparator.comparing(Candidate::likeness))
                            .toList()))
            .toList(),
        least(listings.values()));
  }

  static List<ListedTask> tasks(@Nullable TaskListing listing) {
    return listing instanceof TaskListing.Listed listed ? listed.tasks() : List.of();
  }

  /** The one that says least: what is missing must be told. */
  private static TaskListing least(Collection<TaskListing> listings) {
    return listings.stream()
        .min(Comparator.comparing(DoubtList::worth))
        .orElseGet(
            () -> new TaskListing.Unread(Reason.of("not_asked", Message.of("no row is in doubt"))));
  }

  private static int worth(TaskListing listing) {
    return listing instanceof TaskListing.Listed listed
        ? (listed.reach() == TaskListing.Reach.ALL ? 2 : 1)
        : 0;
  }

  /** How many rows the task is a candidate for. */
  public long rowsFor(Candidate candidate) {
    return rows.stream()
        .filter(
            row ->
                row.candidates().stream()
                    .anyMatch(other -> other.task().task().equals(candidate.task().task())))
        .count();
  }
}
