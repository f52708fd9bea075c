package io.reelbatch.gateway;

import io.reelbatch.net.Network;
import io.reelbatch.net.Proxy;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names for links, and refuses those that lead into the network of this machine: a link
 * comes from outside, and must not make us ask what only we can reach. The connection is made to
 * the very addresses that were looked at, so that a name cannot change in between.
 */
final class PublicAddresses implements DnsResolver {

  private static final int SHARED = 100; // 100.64.0.0/10, behind a provider's NAT
  private static final int UNIQUE_LOCAL = 0xfc;
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

  private final DnsResolver names;
  private final FetchSettings.Reach reach;
  private final String ownHost;
  private final int ownPort;

  /** A host whose address a link may not lead to. */
  static final class ForbiddenAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1;

    private ForbiddenAddressException(String message) {
      super(message);
    }
  }

  /**
   * Asks that resolver.
   *
   * @param own an address that is always allowed, by its host and port: the gateway's
   */
  PublicAddresses(DnsResolver names, FetchSettings.Reach reach, URI own) {
    this.names = names;
    this.reach = reach;
    this.ownHost = own.getHost();
    this.ownPort = port(own);
  }

  static PublicAddresses of(FetchSettings.Reach reach, URI own) {
    return new PublicAddresses(SystemDefaultDnsResolver.INSTANCE, reach, own);
  }

  /** The same, and the proxy's own address whatever it is: it was chosen, no link leads there. */
  DnsResolver orProxy(Network network) {
    Proxy proxy = network.proxy();
    if (proxy == null) {
      return this;
    }
    PublicAddresses links = this;
    return new DnsResolver() {
      @Override
      public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        boolean isProxy = host.equalsIgnoreCase(proxy.host()) && port == proxy.port();
        return isProxy
            ? Arrays.stream(names.resolve(host)).map(at -> new InetSocketAddress(at, port)).toList()
            : links.resolve(host, port);
      }

      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return links.resolve(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return links.resolveCanonicalHostname(host);
      }
    };
  }

  static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    InetAddress[] found = names.resolve(host);
    boolean own = port == ownPort && host.equalsIgnoreCase(ownHost);
    if (!own && reach == FetchSettings.Reach.PUBLIC) {
      refusePrivate(host, found);
    }
    return Arrays.stream(found).map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = names.resolve(host);
    if (reach == FetchSettings.Reach.PUBLIC) {
      refusePrivate(host, found);
    }
    return found;
  }

  // One private address among public ones is as bad: it would be tried when the others fail.
  private static void refusePrivate(String host, InetAddress[] found)
      throws ForbiddenAddressException {
    for (InetAddress address : found) {
      if (!isPublic(address)) {
        throw new ForbiddenAddressException(
            host
                + " is "
                + address.getHostAddress()
                + ", an address that is not public; reelbatch.collect.allow-private lets links lead"
                + " there");
      }
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return names.resolveCanonicalHostname(host);
  }

  // 198.18.0.0/15 is let through: on many machines in China a local proxy answers with it for
  // every name, and it leads nowhere by itself.
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6((Inet6Address) address);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return first != 0 && first < 240 && !(first == SHARED && second >= 64 && second < 128);
  }

  // An IPv6 address may carry an IPv4 one, and a gateway on the way would go there.
  private static boolean isPublic6(Inet6Address address) {
    byte[] bytes = address.getAddress();
    if ((bytes[0] & 0xfe) == UNIQUE_LOCAL || address.isIPv4CompatibleAddress()) {
      return false;
    }
    return !(startsWith(bytes, NAT64) && !isPublicWithin(bytes, 12))
        && !(startsWith(bytes, SIX_TO_FOUR) && !isPublicWithin(bytes, 2));
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return Arrays.equals(Arrays.copyOf(bytes, start.length), start);
  }

  private static boolean isPublicWithin(byte[] bytes, int at) {
    try {
      return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      return false; // four bytes are an address
    }
  }
}
