package io.reelbatch.model;

import java.util.List;

/**
 * What earlier runs of a batch saw of a kind.
 *
 * @param accepted tasks that the gateway made
 * @param active tasks that it works on
 * @param succeeded tasks that became a video
 * @param failed tasks that failed, also of rows that are ordered once more
 * @param doubts the newest answers to requests, the newest first: whether each was lost. What a
 *     killed run left behind is not among them; that says nothing about the gateway
 */
public record KindHistory(
    long accepted, long active, long succeeded, long failed, List<Boolean> doubts) {

  /** Copies. */
  public KindHistory {
    doubts = List.copyOf(doubts);
  }
}
