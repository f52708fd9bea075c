package io.reelbatch.gateway;

import io.reelbatch.model.Evidence;
import io.reelbatch.model.Message;
import io.reelbatch.model.Reason;
import io.reelbatch.net.ProxyRefusedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
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
    return reason == null ? reason("not_sent", Message.of("the request could not leave")) : reason;
  }

  /** For a request of which some part left. */
  Reason afterLeaving() {
    if (broken.timedOut() || broken.cause() instanceof SocketTimeoutException) {
      return reason("answer_timeout", Message.of("no whole answer came in time"));
    }
    if (broken.cause() instanceof AnswerTooLongException) {
      return reason("answer_too_long", Message.of("the answer was not read to its end"));
    }
    if (broken.status() != null) {
      return reason("answer_cut", Message.of("the connection broke within the answer"));
    }
    return broken.cause() instanceof NoHttpResponseException
            || broken.cause() instanceof ConnectionClosedException
        ? Reason.of(
            "connection_lost", Message.of("the connection was closed before an answer came"))
        : reason("connection_lost", Message.of("the connection broke before an answer came"));
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
      return reason("connect_timeout", Message.of("the gateway could not be reached in time"));
    }
    if (cause instanceof ConnectionRequestTimeoutException) {
      return reason("connection_pool_timeout", Message.of("no connection became free in time"));
    }
    if (cause instanceof UnknownHostException) {
      return reason("host_unknown", Message.of("the gateway's host name is not known"));
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return reason("connect_failed", Message.of("the gateway could not be reached"));
    }
    if (cause instanceof ProxyRefusedException) {
      return reason(
          "proxy_refused",
          Message.of("the proxy lets nothing through; see reelbatch.gateway.proxy"));
    }
    if (cause instanceof SSLException) {
      return reason("tls_failed", withoutTls(cause));
    }
    return null;
  }

  /** Java says neither what is wrong in words that many know, nor what to do. */
  private static Message withoutTls(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("PKIX")
        ? Message.of(
            "no secure connection could be made: the certificate is signed by nobody whom this"
                + " machine trusts. Where a company's proxy or gateway has an authority of its own,"
                + " reelbatch.gateway.ca-file names its certificate; else somebody may be listening")
        : Message.of("no secure connection could be made");
  }

  private Reason reason(String code, Message what) {
    String detail = broken.cause().getMessage();
    return Reason.of(
        code, detail == null ? what : Message.of("{0} ({1})", what, redaction.clean(detail)));
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
