package io.reelbatch.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A language in which people are told what happened. */
public enum Language {
  /** English. */
  EN(Locale.ENGLISH),
  /** Chinese in its simplified script. */
  ZH(Locale.SIMPLIFIED_CHINESE);

  /** Says it for this program alone; the start script sets it where it must change the others. */
  public static final String VARIABLE = "REELBATCH_LANG";

  private static final List<String> VARIABLES = List.of(VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG");

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /**
   * The language of a user: what the first of REELBATCH_LANG, LC_ALL, LC_MESSAGES and LANG that is
   * set says, else that of the machine. English for all but Chinese.
   *
   * @param machine what the Java machine found out, which is all there is on Windows
   */
  public static Language of(Map<String, String> environment, Locale machine) {
    String said =
        VARIABLES.stream()
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isBlank())
            .findFirst()
            .orElse(machine.getLanguage());
    return said.strip().toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
  }

  /** How numbers and dates are written in it. */
  public Locale locale() {
    return locale;
  }

  /** Its tag in HTML. */
  public String tag() {
    return this == ZH ? "zh-CN" : "en";
  }
}
