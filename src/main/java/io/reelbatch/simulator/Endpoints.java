package io.reelbatch.simulator;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Decides what a request is answered, and keeps it in the log before that answer can leave. A task
 * is made only after the log has it: what is not in evidence was not charged. Thread-safe.
 */
final class Endpoints {

  private static final System.Logger LOGGER = System.getLogger(Endpoints.class.getName());

  private final String apiKey;
  private final RequestLog log;
  private final Tasks tasks;
  private final Chance chance;
  private final Orders orders;
  private final Queries queries;
  private final Script sendScript;
  private final Script queryScript;
  private final Downloads downloads;
  // One order at a time: numbers, the limit of active tasks and the log's order depend on it.
  private final Object paying = new Object();
  private long sends;

  Endpoints(
      SimulatorSettings settings,
      RequestLog log,
      Tasks tasks,
      Answers answers,
      Script sendScript,
      Script queryScript,
      Downloads downloads) {
    this.apiKey = settings.apiKey();
    this.log = log;
    this.tasks = tasks;
    this.chance = new Chance(settings);
    this.orders = new Orders(settings, chance, tasks, answers);
    this.queries = new Queries(tasks, answers, Clip.load());
    this.sendScript = sendScript;
    this.queryScript = queryScript;
    this.downloads = downloads;
    this.sends = log.history().sends();
  }

  /** The answer to a request; once this returns the log has it, and the task if one was made. */
  Reply answer(Request arrived) {
    Request request = arrived.of(account(arrived));
    Route route = Route.of(request.method(), request.path());
    if (route.isPaid()) {
      synchronized (paying) {
        return kept(request, decided(request, route));
      }
    }
    return kept(request, decided(request, route));
  }

  private Reply kept(Request request, Reply reply) {
    try {
      log.add(request.answeredWith(reply), reply.made());
    } catch (IOException e) {
      LOGGER.log(
          Level.ERROR,
          "request " + request.number() + " could not be logged, so it made nothing: " + e);
      return Refusals.ownFailure(e);
    }
    SimulatedTask made = reply.made();
    if (made != null) {
      tasks.add(made);
    }
    return reply;
  }

  private Reply decided(Request request, Route route) {
    try {
      return switch (route.target()) {
        case CREATE, REMIX, EXTEND, VIDEOS -> send(request, route);
        case STATUS, QUERY, LIST -> query(request, route);
        case CONTENT ->
            downloads.ofContent(
                request,
                asked ->
                    isAuthorised(asked)
                        ? queries.content(asked, route.id())
                        : Refusals.wrongKey(asked));
        case FILE -> downloads.ofLink(request, asked -> queries.file(asked, route.id()));
        case NOWHERE -> Refusals.noSuchRoute(request);
      };
    } catch (RuntimeException e) {
      // The server would only close the connection, and the client would think of a lost answer.
      LOGGER.log(Level.ERROR, "request " + request.number() + " broke the simulator", e);
      return Refusals.ownFailure(e);
    }
  }

  private Reply send(Request request, Route route) {
    Fault trouble = chance.trouble(++sends);
    Fault fault = sendScript.take(request.body()).orElse(trouble);
    Optional<Reply> instead = instead(fault);
    if (instead.isPresent()) {
      return instead.get();
    }
    Reply reply = Refusals.wrongKey(request);
    if (isAuthorised(request)) {
      reply =
          switch (route.target()) {
            case CREATE -> orders.create(request);
            case REMIX -> orders.remix(request, route.id());
            case VIDEOS -> orders.video(request);
            default -> orders.extend(request);
          };
    }
    return reply.made() == null ? reply : spoiled(fault, reply);
  }

  private Reply query(Request request, Route route) {
    Fault fault = queryScript.take(request.body()).orElse(Fault.none());
    Optional<Reply> instead = instead(fault);
    if (instead.isPresent()) {
      return instead.get();
    }
    if (!isAuthorised(request)) {
      return Refusals.wrongKey(request);
    }
    return spoiled(
        fault,
        switch (route.target()) {
          case QUERY -> queries.query(request);
          case LIST -> queries.list(request);
          default -> queries.status(request, route.id());
        });
  }

  /** What a fault answers before anything is looked at. */
  static Optional<Reply> instead(Fault fault) {
    if (fault instanceof Fault.Answer answer) {
      return Optional.of(
          Reply.text(
              answer.status(),
              answer.headers(),
              answer.body(),
              "fault: answer " + answer.status()));
    } else if (fault instanceof Fault.HangUp) {
      return Optional.of(Reply.nothing("fault: hang-up"));
    } else {
      return Optional.empty();
    }
  }

  /** What a fault makes of the way of an answer. */
  private static Reply spoiled(Fault fault, Reply reply) {
    if (fault instanceof Fault.AcceptThenHangUp) {
      return reply.deliver(Delivery.NOTHING).noted(reply.note() + "; fault: hang-up");
    } else if (fault instanceof Fault.AcceptThenCutAnswer) {
      return reply.deliver(Delivery.HALF).noted(reply.note() + "; fault: answer cut");
    } else if (fault instanceof Fault.AcceptThenSilence silence) {
      return reply
          .after(silence.silence())
          .noted(reply.note() + "; fault: silence of " + silence.silence());
    } else if (fault instanceof Fault.AcceptThenAnswer answer) {
      return reply
          .reading(answer.status(), answer.body())
          .noted(reply.note() + "; fault: answer " + answer.status());
    } else {
      return reply;
    }
  }

  private boolean isAuthorised(Request request) {
    String key = request.header("authorization").orElse("");
    return key.equals("Bearer " + apiKey) || !account(request).isEmpty();
  }

  /** What follows the key: {@code sk-simulator-b} is another account's, and knows its own tasks. */
  private String account(Request request) {
    String plain = "Bearer " + apiKey + "-";
    return request
        .header("authorization")
        .filter(key -> key.startsWith(plain))
        .map(key -> key.substring(plain.length()))
        .orElse("");
  }
}
