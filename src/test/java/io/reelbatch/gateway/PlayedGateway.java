package io.reelbatch.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The real client, up to where HTTP begins: the requests go to a server within the test. */
public final class PlayedGateway {

  public static final String ORIGIN = "https://gateway.test";

  /** What comes of one request. */
  public sealed interface Said {

    /** A whole answer. */
    record Whole(int status, @Nullable String retryAfter, String body) implements Said {}

    /**
     * No answer, or a part of one.
     *
     * @param left whether the request's body began to leave
     */
    record Broken(
        IOException cause, boolean left, @Nullable Integer status, @Nullable String partial)
        implements Said {}
  }

  /** Answers requests, on the thread that asks. */
  public interface Server {
    Said post(URI address, String json);

    Said get(URI address);
  }

  private PlayedGateway() {}

  /** A client of that server; with a second address for questions, or without. */
  public static VideoGateway of(Server server, InstantSource clock, boolean secondAddress) {
    return new VideoGateway(
        new GatewaySettings(
            URI.create(ORIGIN),
            new ApiKey("sk-simulator"),
            Duration.ofSeconds(10),
            Duration.ofSeconds(180),
            64,
            GatewaySettings.DEFAULT_QUERY_PATH,
            secondAddress
                ? GatewaySettings.DEFAULT_QUERY_FALLBACK_PATH
                : GatewaySettings.DEFAULT_QUERY_PATH),
        clock,
        new PlayedWire(server));
  }

  private record PlayedWire(Server server) implements Wire {

    @Override
    public Exchange post(URI address, byte[] json) {
      return exchange(server.post(address, new String(json, StandardCharsets.UTF_8)));
    }

    @Override
    public Exchange get(URI address) {
      return exchange(server.get(address));
    }

    private static Exchange exchange(Said said) {
      if (said instanceof Said.Whole whole) {
        return new Exchange.Answered(whole.status(), whole.retryAfter(), null, "req", whole.body());
      }
      Said.Broken broken = (Said.Broken) said;
      return new Exchange.Broken(
          broken.cause(), broken.left(), false, broken.status(), null, broken.partial());
    }

    @Override
    public void close() {}
  }
}
