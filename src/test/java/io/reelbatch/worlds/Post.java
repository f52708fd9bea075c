package io.reelbatch.worlds;

import java.util.Optional;

/** A paid request as the provider saw it. */
final class Post {

  final int number;
  final int run;
  final String prompt;
  final long at;
  SendFate fate;
  Optional<Task> task = Optional.empty();

  /** Whether the program has done with it what it does, before anything else happened. */
  boolean dealtWith;

  Post(int number, int run, String prompt, SendFate fate, long at) {
    this.number = number;
    this.run = run;
    this.prompt = prompt;
    this.fate = fate;
    this.at = at;
  }

  @Override
  public String toString() {
    return "POST " + number + " of run " + run + " for '" + prompt + "' (" + fate + ")";
  }
}
