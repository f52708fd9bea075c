package io.reelbatch.simulator;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What goes wrong with downloads. Thread-safe. */
final class Downloads {

  /** Answers a request as if nothing went wrong. */
  interface Source {
    Reply reply(Request request);
  }

  private final Script linkScript;
  private final Script contentScript;

  Downloads(Script linkScript, Script contentScript) {
    this.linkScript = linkScript;
    this.contentScript = contentScript;
  }

  Reply ofLink(Request request, Source source) {
    return reply(request, source, linkScript);
  }

  Reply ofContent(Request request, Source source) {
    return reply(request, source, contentScript);
  }

  private static Reply reply(Request request, Source source, Script script) {
    Fault fault = script.take(request.path()).orElse(Fault.none());
    Optional<Reply> instead = Endpoints.instead(fault);
    if (instead.isPresent()) {
      return instead.get();
    }
    Request asked = fault instanceof Fault.IgnoreRange ? request.without("range") : request;
    return spoiled(fault, request.number()).apply(source.reply(asked));
  }

  private static UnaryOperator<Reply> spoiled(Fault fault, long number) {
    return reply -> {
      int length = reply.body().remaining();
      if (fault instanceof Fault.Cut cut) {
        return cut(reply, Math.min(cut.bytes(), length));
      } else if (fault instanceof Fault.Stall stall) {
        int sent = Math.min(stall.bytes(), length);
        return cut(reply, sent).deliver(Delivery.held(sent));
      } else if (fault instanceof Fault.Shorten shorten) {
        return shortened(reply, Math.max(0, length - shorten.bytes()));
      } else if (fault instanceof Fault.CutSome some) {
        var random = new SplittableRandom(number);
        return length > 0 && random.nextDouble() < some.share()
            ? cut(reply, random.nextInt(length))
            : reply;
      }
      return reply;
    };
  }

  private static Reply cut(Reply reply, int bytes) {
    return reply.deliver(Delivery.first(bytes)).noted("video, " + bytes + " bytes; fault: cut");
  }

  private static Reply shortened(Reply reply, int bytes) {
    ByteBuffer body = reply.body().duplicate().limit(reply.body().position() + bytes);
    return Reply.bytes(
        reply.status(), reply.headers(), body, "video, " + bytes + " bytes; fault: shortened");
  }
}
