package io.reelbatch.net;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How connections leave this machine. Variables such as {@code HTTPS_PROXY} and Java's system
 * properties do not count: a shell, cron and systemd have different ones.
 *
 * <p>Certificates and the host names in them are always checked, with TLS 1.2 or newer; nothing
 * switches that off.
 *
 * @param proxy null for none
 * @param roots authorities that are trusted besides those of the JDK; null for none
 */
public record Network(@Nullable Proxy proxy, @Nullable Roots roots) {

  private static final String THROUGH = "reelbatch-through";

  /** Straight, trusting whom the JDK trusts. */
  public static final Network DIRECT = new Network(null, null);

  /**
   * Connections that are checked as they must be.
   *
   * @param handshake longest wait for TLS
   */
  public PoolingHttpClientConnectionManagerBuilder connections(Timeout handshake) {
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultTlsConfig(
                TlsConfig.custom()
                    .setHandshakeTimeout(handshake)
                    .setSupportedProtocols(TLS.V_1_3, TLS.V_1_2)
                    .build());
    if (roots != null) {
      SSLContext context = roots.withThoseOfTheJdk();
      connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(context));
    }
    return connections;
  }

  /** A client that goes by the proxy where there is one. */
  public HttpClientBuilder client() {
    HttpClientBuilder client = HttpClients.custom();
    return proxy == null
        ? client
        : client
            .setRoutePlanner(new ByProxy(proxy))
            .addExecInterceptorAfter(
                ChainElement.CONNECT.name(),
                THROUGH,
                (request, scope, chain) -> {
                  scope.clientContext.setAttribute(THROUGH, true);
                  return chain.proceed(request, scope);
                });
  }

  /** What a request is sent with. Who we are is told to the proxy at once: no 407 is answered. */
  public HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    if (proxy != null && proxy.user() != null) {
      BasicScheme basic = new BasicScheme();
      String password = Optional.ofNullable(proxy.password()).orElse("");
      basic.initPreemptive(new UsernamePasswordCredentials(proxy.user(), password.toCharArray()));
      AuthExchange exchange = new AuthExchange();
      exchange.select(basic);
      context.setAuthExchange(host(proxy), exchange);
    }
    return context;
  }

  /**
   * Refuses the answer of a proxy that lets nothing through, which the client hands out like that
   * of the server: its 403 says nothing about a key, and behind its 502 nothing was made.
   *
   * @param context of the request
   * @throws ProxyRefusedException if the request never left for its server
   */
  public void refuseAnswerOfProxy(HttpClientContext context, int status)
      throws ProxyRefusedException {
    if (proxy != null && context.getAttribute(THROUGH) == null) {
      throw new ProxyRefusedException(status);
    }
  }

  /** Whether that host is reached through the proxy, which then looks its name up. */
  public boolean isByProxy(String host, int port) {
    return proxy != null && proxy.leadsTo(host, port);
  }

  private static HttpHost host(Proxy proxy) {
    return new HttpHost("http", proxy.host(), proxy.port());
  }

  private static final class ByProxy extends DefaultRoutePlanner {

    private final Proxy proxy;

    private ByProxy(Proxy proxy) {
      super(DefaultSchemePortResolver.INSTANCE);
      this.proxy = proxy;
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
      int port = DefaultSchemePortResolver.INSTANCE.resolve(target);
      return proxy.leadsTo(target.getHostName(), port) ? host(proxy) : null;
    }
  }
}
