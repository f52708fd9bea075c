package io.reelbatch.csv;

/**
 * What an empty {@code model} cell stands for, and what a model that nobody knows. Row identities
 * do not depend on it.
 *
 * @param createModel for a creation
 * @param extendModel for an extension
 */
public record OrderDefaults(String createModel, String extendModel, UnknownModels unknown) {

  /** What becomes of a row whose model is not in the catalogue. */
  public enum UnknownModels {
    /** It is sent with its values unchecked, and a warning once per model. */
    WARN,
    /** It is wrong. */
    REFUSE
  }

  /** Lets unknown models pass, with a warning. */
  public OrderDefaults(String createModel, String extendModel) {
    this(createModel, extendModel, UnknownModels.WARN);
  }
}
