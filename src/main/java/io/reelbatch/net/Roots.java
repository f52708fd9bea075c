package io.reelbatch.net;

import io.reelbatch.model.Message;
import io.reelbatch.model.NotAllowedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Authorities whose certificates are trusted besides those that the JDK brings. */
public final class Roots {

  private final List<Certificate> certificates;

  private Roots(Collection<? extends Certificate> certificates) {
    this.certificates = List.copyOf(certificates);
  }

  /**
   * Those of a PEM file, one after the other.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if no certificate is in it
   */
  public static Roots of(Path pem) throws IOException {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)));
      if (found.isEmpty()) {
        throw new NotAllowedException(Message.of("no certificate is in it"));
      }
      return new Roots(found);
    } catch (CertificateException e) {
      throw new NotAllowedException(Message.of("it is no list of certificates in PEM"), e);
    }
  }

  /** Takes a tenth of a second. */
  SSLContext withThoseOfTheJdk() {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      List<Certificate> trusted = all();
      for (int i = 0; i < trusted.size(); i++) {
        all.setCertificateEntry("root-" + i, trusted.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(all), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates cannot be used", e);
    }
  }

  /** Ours, then those of the JDK. */
  List<Certificate> all() throws GeneralSecurityException {
    List<Certificate> all = new ArrayList<>(certificates);
    for (TrustManager manager : trusting(null)) {
      if (manager instanceof X509TrustManager x509) {
        all.addAll(List.<X509Certificate>of(x509.getAcceptedIssuers()));
      }
    }
    return all;
  }

  private static TrustManager[] trusting(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
