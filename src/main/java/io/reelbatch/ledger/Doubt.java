package io.reelbatch.ledger;

import io.reelbatch.model.AccountName;
import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Money;
import io.reelbatch.model.Reason;
import io.reelbatch.model.RowKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row whose last paid request has no known answer.
 *
 * @param sentAt when the request was about to leave; the task, if there is one, was made within the
 *     answer timeout after it
 * @param model the model asked for; null for a remix
 * @param endpoint where the request went
 * @param account whose key it was sent with
 * @param price what it would have cost; null when no price is known
 * @param requestId the gateway's own number of the request, for its support
 * @param alike rows in doubt of this batch that ask the same model for the same prompt, this one
 *     included: which task of the gateway would belong to which cannot be told
 * @param waiting rows that start from its video, at however many removes, and wait for it
 */
public record Doubt(
    RowKey row,
    Instant sentAt,
    @Nullable String model,
    String prompt,
    Endpoint endpoint,
    AccountName account,
    Reason reason,
    @Nullable Money price,
    @Nullable String requestId,
    int alike,
    int waiting) {

  Doubt among(int rows) {
    return new Doubt(
        row, sentAt, model, prompt, endpoint, account, reason, price, requestId, rows, waiting);
  }
}
