package io.reelbatch.csv;

/**
 * What an empty {@code model} cell stands for. Row identities do not depend on it.
 *
 * @param createModel for a creation
 * @param extendModel for an extension
 */
public record OrderDefaults(String createModel, String extendModel) {}
