package io.reelbatch.gateway;

import io.reelbatch.model.AccountName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The gateway as each account sees it, with its own key; made when first asked for. Thread-safe.
 *
 * @param <T> what is made for each
 */
public final class PerAccount<T extends AutoCloseable>
    implements Function<AccountName, T>, AutoCloseable {

  private final Function<AccountName, T> making;
  private final Map<AccountName, T> made = new HashMap<>();

  /** Makes them so; what that throws for an account without a key, {@link #apply} throws. */
  public PerAccount(Function<AccountName, T> making) {
    this.making = making;
  }

  @Override
  public synchronized T apply(AccountName account) {
    return made.computeIfAbsent(account, making);
  }

  /** Closes all that were made; who asks for one again gets it closed. */
  @Override
  public synchronized void close() {
    for (T one : made.values()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
