package io.reelbatch.gateway;

import java.net.URI;

/**
 * Lets one HTTP request leave and says how it ended. Never repeats, never follows, never throws for
 * what the network does. Thread-safe.
 */
interface Wire extends AutoCloseable {

  /** Sends JSON. Blocks. */
  Exchange post(URI address, byte[] json);

  /** Asks. Blocks. */
  Exchange get(URI address);

  @Override
  void close();
}
