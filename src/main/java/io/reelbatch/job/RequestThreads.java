package io.reelbatch.job;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Threads that wait for the gateway: virtual ones where they no longer pin their carrier. */
final class RequestThreads {

  private static final int NO_PINNING = 24;

  private RequestThreads() {}

  static Executor executor() {
    if (Runtime.version().feature() >= NO_PINNING) {
      return new VirtualThreadTaskExecutor("request-");
    }
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "request");
          thread.setDaemon(true);
          return thread;
        });
  }
}
