package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real TLS server with a certificate of its own, for the name `localhost` only.
class LazyTrustTest {
  @TempDir static Path folder;
  private static HttpsServer server;
  private static Path certificate;

  @BeforeAll
  static void serve() throws Exception {
    certificate = OwnCertificate.in(folder);
    SSLContext context = OwnCertificate.tls();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void trustsTheCertificatesOfABundle() throws Exception {
    assertThat(status("localhost", Optional.of(certificate))).isEqualTo(204);
  }

  @Test
  void doesNotTrustWhatThePlatformDoesNot() {
    assertThatThrownBy(() -> status("localhost", Optional.empty()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aTrustedCertificateIsForItsOwnNameOnly() {
    assertThatThrownBy(() -> status("127.0.0.1", Optional.of(certificate)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anUnreadableBundleIsNamed() {
    Path missing = folder.resolve("missing.pem");

    assertThatThrownBy(() -> status("localhost", Optional.of(missing)))
        .hasStackTraceContaining("AWS_CA_BUNDLE=" + missing);
    assertThat(Files.exists(missing)).isFalse();
  }

  private static int status(String host, Optional<Path> bundle) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new LazyTrust(bundle)}, null);
    URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    var connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    return connection.getResponseCode();
  }
}
