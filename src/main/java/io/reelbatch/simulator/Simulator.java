package io.reelbatch.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The video gateway, offline: listens on 127.0.0.1, answers the paid endpoints, queries and
 * downloads, and plays the faults it is told to. The package's page lists its endpoints' sources
 * and the words in a prompt that choose an outcome. Thread-safe.
 */
public final class Simulator implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads;
  private final Reception reception;
  private final RequestLog log;
  private final Tasks tasks;
  private final Script sendScript;
  private final Script queryScript;
  private final Script linkScript;
  private final Script contentScript;
  private final URI baseUrl;

  private Simulator(SimulatorSettings settings, RequestLog log, HttpServer server) {
    this.server = server;
    this.log = log;
    this.tasks = new Tasks();
    this.sendScript = new Script();
    this.queryScript = new Script();
    this.linkScript = new Script();
    this.contentScript = new Script();
    this.baseUrl = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    log.history().tasks().forEach(tasks::add);
    var answers = new Answers(baseUrl, settings.extendAnswer());
    var endpoints =
        new Endpoints(
            settings,
            log,
            tasks,
            answers,
            sendScript,
            queryScript,
            new Downloads(linkScript, contentScript));
    this.reception = new Reception(endpoints, settings, log.history().lastNumber());
    this.threads = newThreads();
  }

  /**
   * Starts a simulator; it answers when this returns. With an existing log file it knows all tasks
   * of that file again, ended or not as the clock says. It keeps the JVM alive until it is closed.
   *
   * @throws UncheckedIOException if the port is taken, or the log file cannot be used
   */
  public static Simulator start(SimulatorSettings settings) {
    Path file = settings.log();
    RequestLog log = file == null ? new MemoryLog() : FileLog.open(file);
    Simulator simulator;
    try {
      simulator = new Simulator(settings, log, Loopback.bind(settings.port()));
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
    simulator.listen();
    return simulator;
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}. */
  public URI baseUrl() {
    return baseUrl;
  }

  /**
   * The requests so far, in the order of arrival; a snapshot. A request is in it before its answer
   * leaves. With a log file this reads the file, all runs of it (about 20 s for a million
   * requests); without one it holds every send and the newest 100,000 of the other requests.
   *
   * @throws UncheckedIOException if the log file cannot be read
   */
  public List<LoggedRequest> log() {
    return log.requests();
  }

  /**
   * Those of {@link #log()} that are POSTs to paid endpoints, authorised or not, refused or not.
   *
   * @throws UncheckedIOException if the log file cannot be read
   */
  public List<LoggedRequest> sends() {
    return log.sends();
  }

  /** Ids of all tasks made, in order: what was charged. */
  public List<String> tasks() {
    return tasks.ids();
  }

  /** The next POSTs to paid endpoints meet these, one each, in order; then all is as before. */
  public Simulator nextSends(Fault... faults) {
    sendScript.next(List.of(faults));
    return this;
  }

  /** All POSTs to paid endpoints meet this from now on, after those of {@link #nextSends}. */
  public Simulator everySend(Fault fault) {
    sendScript.every(fault);
    return this;
  }

  /** All POSTs to paid endpoints that name this model meet this from now on, before any other. */
  public Simulator everySendOf(String model, Fault fault) {
    sendScript.everyOf("\"model\":\"" + model + "\"", fault);
    return this;
  }

  /** The next queries of a task meet these, one each, in order; downloads do not count. */
  public Simulator nextQueries(Fault... faults) {
    queryScript.next(List.of(faults));
    return this;
  }

  /** All queries of a task meet this from now on, after those of {@link #nextQueries}. */
  public Simulator everyQuery(Fault fault) {
    queryScript.every(fault);
    return this;
  }

  /** The next downloads by a link meet these, one each, in order. */
  public Simulator nextDownloads(Fault... faults) {
    linkScript.next(List.of(faults));
    return this;
  }

  /** All downloads by a link meet this from now on, after those of {@link #nextDownloads}. */
  public Simulator everyDownload(Fault fault) {
    linkScript.every(fault);
    return this;
  }

  /** All downloads from {@code /content} meet this from now on. */
  public Simulator everyContent(Fault fault) {
    contentScript.every(fault);
    return this;
  }

  /** Forgets all scripted faults; {@code troubleShare} stays. */
  public Simulator heal() {
    sendScript.heal();
    queryScript.heal();
    linkScript.heal();
    contentScript.heal();
    return this;
  }

  /** This witness is told of every request from now on; it takes the place of an earlier one. */
  public Simulator watchedBy(Witness witness) {
    reception.watchedBy(witness);
    return this;
  }

  /**
   * Stops listening and closes all connections; a request that waits in silence gets no answer.
   * Blocks up to 2 s for requests at work; on interruption it stops waiting and keeps the flag.
   */
  @Override
  public void close() {
    reception.close();
    server.stop(0);
    // Not shutdownNow(): an interrupt would close the log file under a thread that writes to it.
    threads.shutdown();
    try {
      threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }

  private void listen() {
    server.createContext("/", reception);
    server.setExecutor(threads);
    server.start();
  }

  private static ExecutorService newThreads() {
    var count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        work -> {
          var thread = new Thread(work, "simulator-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
