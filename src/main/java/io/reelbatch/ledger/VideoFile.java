package io.reelbatch.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A video that was fetched.
 *
 * @param file relative to the folder of the results
 */
public record VideoFile(String file, @Nullable Long bytes, String sha256) {}
