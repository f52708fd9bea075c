package io.reelbatch.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a batch's CSV.
 *
 * @param digest SHA-256 of the file's bytes
 * @param admission digest of everything else that decides which rows are let in, and how
 * @param stamp by what the file is seen to be untouched since; null if that cannot be said
 * @param columns the header's cells as the file has them
 */
public record InputRecord(
    long id,
    String digest,
    String admission,
    String file,
    @Nullable String stamp,
    List<String> columns,
    long lines) {}
