package io.reelbatch.ledger;

import java.util.List;

/**
 * One version of a batch's CSV.
 *
 * @param digest SHA-256 of the file's bytes
 * @param admission digest of everything else that decides which rows are let in, and how
 * @param columns the header's cells as the file has them
 */
public record InputRecord(
    long id, String digest, String admission, String file, List<String> columns, long lines) {}
