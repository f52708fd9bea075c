package io.reelbatch.model;

import java.util.List;

/**
 * What earlier runs of a batch saw of a kind.
 *
 * @param accepted rows whose request was ever accepted
 * @param active rows that the gateway works on
 * @param succeeded rows whose video is made
 * @param failed rows whose task failed
 * @param doubts the newest answers to requests, the newest first: whether each is still in doubt.
 *     What a killed run left behind is not among them; that says nothing about the gateway
 */
public record KindHistory(
    long accepted, long active, long succeeded, long failed, List<Boolean> doubts) {

  /** Copies. */
  public KindHistory {
    doubts = List.copyOf(doubts);
  }
}
