package io.reelbatch.job;

import io.reelbatch.ledger.Doubt;
import io.reelbatch.model.ListedTask;
import io.reelbatch.model.TaskListing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
   * Looks for the rows' tasks in the list.
   *
   * @param unknown whether a task belongs to no row
   */
  static DoubtList of(
      List<Doubt> doubts,
      TaskListing listing,
      Predicate<ListedTask> unknown,
      Duration answerTimeout) {
    List<ListedTask> tasks =
        listing instanceof TaskListing.Listed listed
            ? listed.tasks().stream().filter(unknown).toList()
            : List.of();
    return new DoubtList(
        doubts.stream()
            .map(
                doubt ->
                    new Row(
                        doubt,
                        tasks.stream()
                            .map(task -> Candidate.of(doubt, task, answerTimeout))
                            .flatMap(Optional::stream)
                            .sorted(Comparator.comparing(Candidate::likeness))
                            .toList()))
            .toList(),
        listing);
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
