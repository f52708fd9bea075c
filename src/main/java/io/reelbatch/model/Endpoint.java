package io.reelbatch.model;

import java.util.Locale;

/** How the gateway is asked for a model's videos. Frozen with each order. */
public enum Endpoint {
  /** In the gateway's own way: {@code POST /v1/video/create}; a finished task shows a link. */
  UNIFIED,
  /**
   * In OpenAI's way: {@code POST /v1/videos}; a finished task may show no link, and its video is at
   * {@code /v1/videos/{id}/content}. It knows no extension.
   */
  OPENAI;

  /** As it is written in a configuration and in the ledger. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
