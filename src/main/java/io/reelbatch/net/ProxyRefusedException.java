package io.reelbatch.net;

import java.io.IOException;

/** A proxy lets nothing through: the request never left for its server. */
public final class ProxyRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  ProxyRefusedException(int status) {
    super("the proxy answers HTTP " + status);
  }
}
