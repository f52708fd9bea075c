package io.reelbatch.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * Something that goes wrong with one request. Immutable.
 *
 * <p>{@link #answer} and {@link #hangUp} come before anything else is looked at, the key included,
 * and make nothing. The {@code accept…} faults spoil only the way of an answer: a POST that the
 * simulator refuses anyway (wrong key, bad order) gets its refusal undisturbed, and at a query
 * nothing is made. Those after them are for downloads alone.
 */
public sealed interface Fault {

  /**
   * Answers this instead; nothing is made or charged. HTML is recognised by its first character.
   */
  static Fault answer(int status, String body) {
    return new Answer(status, Map.of(), body);
  }

  /** Answers this instead, with these headers; nothing is made or charged. */
  static Fault answer(int status, Map<String, String> headers, String body) {
    return new Answer(status, headers, body);
  }

  /** Makes and charges the task, then closes the connection without an answer. */
  static Fault acceptThenHangUp() {
    return new AcceptThenHangUp();
  }

  /** Closes the connection without an answer; nothing is made or charged. */
  static Fault hangUp() {
    return new HangUp();
  }

  /** Makes and charges the task, then answers only after this much real time. */
  static Fault acceptThenSilence(Duration silence) {
    return new AcceptThenSilence(silence);
  }

  /** Makes and charges the task, announces the full length, sends half of the answer, closes. */
  static Fault acceptThenCutAnswer() {
    return new AcceptThenCutAnswer();
  }

  /** Makes and charges the task, but this is what the client reads. */
  static Fault acceptThenAnswer(int status, String body) {
    return new AcceptThenAnswer(status, body);
  }

  /** A download announces its full length, sends so many bytes, and closes. */
  static Fault cut(int bytes) {
    return new Cut(bytes);
  }

  /** A download sends so many bytes, then nothing more, and keeps the connection. */
  static Fault stall(int bytes) {
    return new Stall(bytes);
  }

  /** This share of the downloads, 0 to 1, is cut at any byte. */
  static Fault cutSome(double share) {
    return new CutSome(share);
  }

  /** A download begins at the first byte, whatever was asked for. */
  static Fault ignoreRange() {
    return new IgnoreRange();
  }

  /** A download leaves out its last bytes, and announces the length that remains. */
  static Fault shorten(int bytes) {
    return new Shorten(bytes);
  }

  /** Nothing goes wrong with this one, whatever {@code troubleShare} says. */
  static Fault none() {
    return new None();
  }

  /** See {@link Fault#answer(int, Map, String)}. */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {
    /** Takes an unmodifiable copy of the headers. */
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /** See {@link Fault#acceptThenHangUp()}. */
  record AcceptThenHangUp() implements Fault {}

  /** See {@link Fault#hangUp()}. */
  record HangUp() implements Fault {}

  /** See {@link Fault#acceptThenSilence(Duration)}. */
  record AcceptThenSilence(Duration silence) implements Fault {}

  /** See {@link Fault#acceptThenCutAnswer()}. */
  record AcceptThenCutAnswer() implements Fault {}

  /** See {@link Fault#acceptThenAnswer(int, String)}. */
  record AcceptThenAnswer(int status, String body) implements Fault {}

  /** See {@link Fault#cut(int)}. */
  record Cut(int bytes) implements Fault {}

  /** See {@link Fault#stall(int)}. */
  record Stall(int bytes) implements Fault {}

  /** See {@link Fault#cutSome(double)}. */
  record CutSome(double share) implements Fault {}

  /** See {@link Fault#ignoreRange()}. */
  record IgnoreRange() implements Fault {}

  /** See {@link Fault#shorten(int)}. */
  record Shorten(int bytes) implements Fault {}

  /** See {@link Fault#none()}. */
  record None() implements Fault {}
}
