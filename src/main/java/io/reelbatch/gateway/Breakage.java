package io.reelbatch.gateway;

import io.reelbatch.model.Evidence;
import io.reelbatch.model.Reason;
import io.reelbatch.net.ProxyRefusedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** What is kept of an exchange that broke. */
final class Breakage {

  private final Exchange.Broken broken;
  private final Redaction redaction;
  private final int mostRaw;

  Breakage(Exchange.Broken broken, Redaction redaction, int mostRaw) {
    this.broken = broken;
    this.redaction = redaction;
    this.mostRaw = mostRaw;
  }

  /** For a request that never left. */
  Reason beforeLeaving() {
    Reason reason = connecting();
    return reason == null ? reason("not_sent", "the request could not leave") : reason;
  }

  /** For a request of which some part left. */
  Reason afterLeaving() {
    if (broken.timedOut() || broken.cause() instanceof SocketTimeoutException) {
      return reason("answer_timeout", "no whole answer came in time");
    }
    if (broken.cause() instanceof AnswerTooLongException) {
      return reason("answer_too_long", "the answer was not read to its end");
    }
    return broken.status() == null
        ? reason("connection_lost", "the connection broke before an answer came")
        : reason("answer_cut", "the connection broke within the answer");
  }

  /** For a question, which costs nothing either way. */
  Reason ofQuestion() {
    Reason reason = connecting();
    return reason == null ? afterLeaving() : reason;
  }

  // The order matters: the connect timeout is a kind of socket timeout.
  private @Nullable Reason connecting() {
    Throwable cause = broken.cause();
    if (cause instanceof ConnectTimeoutException) {
      return reason("connect_timeout", "the gateway could not be reached in time");
    }
    if (cause instanceof ConnectionRequestTimeoutException) {
      return reason("connection_pool_timeout", "no connection became free in time");
    }
    if (cause instanceof UnknownHostException) {
      return reason("host_unknown", "the gateway's host name is not known");
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return reason("connect_failed", "the gateway could not be reached");
    }
    if (cause instanceof ProxyRefusedException) {
      return reason("proxy_refused", "the proxy lets nothing through; see reelbatch.gateway.proxy");
    }
    if (cause instanceof SSLException) {
      return reason("tls_failed", "no secure connection could be made" + advice(cause));
    }
    return null;
  }

  /** Java says neither what is wrong in words that many know, nor what to do. */
  private static String advice(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("PKIX")
        ? ": the certificate is signed by nobody whom this machine trusts. Where a company's proxy or"
            + " gateway has an authority of its own, reelbatch.gateway.ca-file names its certificate;"
            + " else somebody may be listening"
        : "";
  }

  private Reason reason(String code, String what) {
    String detail = broken.cause().getMessage();
    String name = broken.cause().getClass().getSimpleName();
    return Reason.of(
        code, redaction.clean(what + " (" + name + (detail == null ? "" : ": " + detail) + ")"));
  }

  Evidence evidence() {
    String id = broken.requestId();
    String body = broken.partialBody();
    return new Evidence(
        broken.status(),
        id == null ? null : redaction.clean(id),
        body == null ? null : redaction.cut(body, mostRaw));
  }
}
