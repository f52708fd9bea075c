package io.reelbatch.gateway;

import io.reelbatch.model.Endpoint;
import io.reelbatch.model.Order;
import io.reelbatch.model.SendOutcome;
import io.reelbatch.model.TaskAnswer;
import io.reelbatch.model.TaskId;
import io.reelbatch.model.TaskListing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paid gateway. Thread-safe; as many requests at once as the settings allow connections.
 *
 * <p>Wire: POST /v1/video/create (002_2806259c75ea4eb9.txt), POST /v1/videos/{id}/remix
 * (000_627d03da58f7585c.txt), POST /v1/video/extend (004_6e4607a80ea57ce1.txt), GET /v1/videos/{id}
 * (001_5a96a522108e9b27.txt). Assumed: POST and GET /v1/videos, GET /v1/videos/{id}/content, from
 * OpenAI's specification. No page names a key by which a repeated order would be recognised:
 * whoever sends twice pays twice.
 */
public final class VideoGateway implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(VideoGateway.class);

  private final Endpoints endpoints;
  private final Wire wire;
  private final SendClassifier sends;
  private final TaskClassifier tasks;
  private final TaskList list;
  private final GatewayListener listener;
  private final QueryRoutes routes = new QueryRoutes();

  /**
   * Opens no connection yet.
   *
   * @param clock only to turn a date in {@code Retry-After} into a wait
   */
  public VideoGateway(GatewaySettings settings, InstantSource clock) {
    this(settings, clock, GatewayListener.NONE);
  }

  /** The same; the listener hears how its requests end. */
  public VideoGateway(GatewaySettings settings, InstantSource clock, GatewayListener listener) {
    this(settings, clock, new Transport(settings), listener);
  }

  /** Lets its requests leave by the given wire. */
  VideoGateway(GatewaySettings settings, InstantSource clock, Wire wire) {
    this(settings, clock, wire, GatewayListener.NONE);
  }

  /** The same; the listener hears how its requests end. */
  VideoGateway(GatewaySettings settings, InstantSource clock, Wire wire, GatewayListener listener) {
    Redaction redaction = new Redaction(settings.key());
    this.endpoints = new Endpoints(settings);
    this.wire = wire;
    this.sends = new SendClassifier(redaction, clock);
    this.tasks = new TaskClassifier(redaction, clock);
    this.list = new TaskList(endpoints, wire, redaction, clock);
    this.listener = listener;
  }

  /**
   * Sends one order, which costs money: exactly one HTTP request leaves. It is never repeated, and
   * a redirect is not followed. Blocks up to three connect timeouts and the answer timeout.
   *
   * <p>The network and the gateway cannot make this throw: everything they do is an outcome. An
   * interruption ends the wait for a free connection (not sent) and leaves the flag set; once the
   * order leaves, its answer is awaited.
   *
   * @param source the task that a remix or an extension starts from; null exactly for a creation
   * @throws IllegalArgumentException if the source does not fit the operation; nothing was sent
   */
  public SendOutcome send(Order order, @Nullable TaskId source) {
    if (order.operation().needsSource() != (source != null)) {
      throw new IllegalArgumentException("a remix or an extension has a source, nothing else has");
    }
    return heard(
        () -> listener.sending(order),
        () ->
            sends.classify(
                wire.post(
                    endpoints.send(order.operation(), order.endpoint(), source),
                    OrderBody.of(order, source))));
  }

  // A listener must neither keep an order from leaving nor take its answer away: it may be paid.
  private static <A> A heard(Supplier<Consumer<A>> listening, Supplier<A> request) {
    Consumer<A> listener = answer -> {};
    try {
      listener = listening.get();
    } catch (RuntimeException e) {
      log.debug("a listener of the gateway failed", e);
    }
    A answer = request.get();
    try {
      listener.accept(answer);
    } catch (RuntimeException e) {
      log.debug("a listener of the gateway failed", e);
    }
    return answer;
  }

  /**
   * Asks after a task, which costs nothing and changes nothing. At most two requests leave: where
   * the first address does not know the route or the task, the other is asked once, and the one
   * that knew is asked first for tasks of this family from then on. Blocks up to three connect
   * timeouts and the answer timeout for each.
   *
   * <p>OpenAI's endpoint has one address. Where it shows a finished task without a link, the link
   * is the address of its content, which only this gateway's key opens.
   *
   * <p>The network and the gateway cannot make this throw: what says nothing about the task is
   * {@link TaskAnswer.Trouble}.
   *
   * @param endpoint where the task was ordered
   */
  public TaskAnswer query(TaskId task, Endpoint endpoint) {
    return heard(listener::asking, () -> answer(task, endpoint));
  }

  /**
   * The prompt of a task as an answer to {@link #query} shows it; null where it shows none. Wire:
   * 001_5a96a522108e9b27.txt. Assumed: the other places.
   */
  public static @Nullable String prompt(TaskAnswer answer) {
    String raw = answer.evidence().raw();
    return raw == null
        ? null
        : Json.text(
            Json.parse(raw),
            "/prompt",
            "/data/prompt",
            "/detail/input/prompt",
            "/detail/req/prompt");
  }

  private TaskAnswer answer(TaskId task, Endpoint endpoint) {
    if (endpoint == Endpoint.OPENAI) {
      return linked(task, tasks.classify(wire.get(endpoints.video(task))).answer());
    }
    QueryRoute first = routes.of(task);
    Reading reading = ask(task, first);
    if (!reading.elsewhere() || !endpoints.hasFallback()) {
      return reading.answer();
    }
    Reading second = ask(task, first.other());
    if (second.knowsTheTask()) {
      routes.remember(task, first.other());
    }
    return together(reading.answer(), second);
  }

  private TaskAnswer linked(TaskId task, TaskAnswer answer) {
    return answer instanceof TaskAnswer.Succeeded done && done.video().link() == null
        ? new TaskAnswer.Succeeded(
            done.status(), done.video().at(endpoints.content(task)), done.evidence())
        : answer;
  }

  private Reading ask(TaskId task, QueryRoute route) {
    return tasks.classify(wire.get(endpoints.query(task, route)));
  }

  private static TaskAnswer together(TaskAnswer first, Reading second) {
    if (second.elsewhere() && first instanceof TaskAnswer.Unknown) {
      return first;
    }
    // The first address took the key: that the second does not says nothing about the key.
    if (first instanceof TaskAnswer.Unknown
        && second.answer() instanceof TaskAnswer.Denied denied) {
      return new TaskAnswer.Trouble(denied.reason(), null, denied.evidence());
    }
    return second.answer();
  }

  /**
   * Asks which tasks the gateway has made for this key, which costs nothing and changes nothing. A
   * bounded number of requests leaves, one after the other; the first answer that is no list is the
   * last. Blocks up to three connect timeouts and the answer timeout for each.
   *
   * @param since tasks made before then are not wanted; they may be there nevertheless
   */
  public TaskListing list(Instant since) {
    return list.read(since);
  }

  /** Breaks off what is still under way; a send that had left is then in doubt. */
  @Override
  public void close() {
    wire.close();
  }
}
