package io.reelbatch.report;

import io.reelbatch.ledger.Counts;
import io.reelbatch.model.BatchName;
import io.reelbatch.model.Language;
import io.reelbatch.model.Words;
import java.util.List;

/**
 * What the page says first, for those who are told without it.
 *
 * @param sentence what happened
 * @param needs what needs a person, most pressing first
 */
public record Gist(String sentence, List<Need> needs) {

  /** Copies. */
  public Gist {
    needs = List.copyOf(needs);
  }

  /**
   * Of a batch.
   *
   * @param doubts rows in doubt in the whole batch
   * @param lines how the lines of the input ended
   */
  public static Gist of(
      Language language,
      BatchName batch,
      Completeness completeness,
      Briefing.Troubles troubles,
      long doubts,
      Counts lines,
      Commands commands) {
    Words words = Words.beside(Gist.class, language);
    Lead lead = new Lead(words, lines);
    return new Gist(
        (lead.sentence(completeness) + " " + lead.others()).strip(),
        new Needs(words, batch, commands).list(completeness, troubles, doubts, lines));
  }
}
