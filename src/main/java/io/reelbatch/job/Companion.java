package io.reelbatch.job;

import java.util.Map;

/**
 * Something that has to be there as long as a run goes on, such as a simulator. It is started once
 * the home is ours and closed before the home is free again.
 */
public interface Companion extends AutoCloseable {

  /** Properties that the run needs to know it. */
  Map<String, String> settings();

  @Override
  void close();
}
