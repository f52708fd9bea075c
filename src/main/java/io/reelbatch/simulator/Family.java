package io.reelbatch.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The kinds of task, each with its own ids and its own shape of answers, so that a client meets all
 * of them. Ids are random and not drawn from the seed: a simulator started afresh must never hand
 * out an id that an older ledger already holds.
 */
enum Family {
  /** Wire: 001_5a96a522108e9b27.txt, 002_2806259c75ea4eb9.txt. */
  SORA,
  /** Wire: 004_6e4607a80ea57ce1.txt for the id; Assumed: its answers. */
  GROK,
  /** Assumed: ids and answers as other pages of the gateway show them. */
  VEO,
  /** Wire: 000_627d03da58f7585c.txt, 003_46f25b07e1382a24.txt. */
  REMIX,
  /** Made by {@code POST /v1/videos}, whatever the model, and by a remix of such. Assumed: all. */
  OPENAI;

  // What can stand in an id: the name of a Veo model becomes part of one.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
  private static final String CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** The family that create makes for a model; empty if the gateway has no such model. */
  static Optional<Family> ofModel(String model) {
    if (!NAME.matcher(model).matches()) {
      return Optional.empty();
    } else if (model.startsWith("sora-2") || model.startsWith("sora_")) {
      return Optional.of(SORA);
    } else if (model.startsWith("grok")) {
      return Optional.of(GROK);
    } else if (model.startsWith("veo")) {
      return Optional.of(VEO);
    } else {
      return Optional.empty();
    }
  }

  /** A new id for a task of this family. */
  String newId(String model, Instant now) {
    return switch (this) {
      case SORA -> "sora-2:task_" + ulid(now);
      case GROK -> "grok:" + UUID.randomUUID();
      case VEO -> model + ":" + now.getEpochSecond() + "-" + letters(LETTERS, 10);
      case REMIX -> "video_" + UUID.randomUUID();
      case OPENAI -> "video_" + UUID.randomUUID().toString().replace("-", "");
    };
  }

  /** 26 characters: ten of time, sixteen of chance. */
  private static String ulid(Instant now) {
    var time = new StringBuilder();
    for (int shift = 45; shift >= 0; shift -= 5) {
      time.append(CROCKFORD.charAt((int) (now.toEpochMilli() >>> shift) & 31));
    }
    return time + letters(CROCKFORD, 16);
  }

  private static String letters(String alphabet, int count) {
    var letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
    }
    return letters.toString();
  }
}
