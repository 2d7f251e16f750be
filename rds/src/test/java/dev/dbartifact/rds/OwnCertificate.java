package dev.dbartifact.rds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What a server shows that nobody vouches for but itself; of the name `localhost` only.
public final class OwnCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private OwnCertificate() {}

  /// TLS for a server that shows it.
  public static SSLContext tls() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = resource("localhost.p12")) {
      store.load(in, PASSWORD);
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  /// A file with the certificate, for those who are to trust it.
  public static Path in(Path folder) throws IOException {
    Path file = folder.resolve("localhost.pem");
    try (InputStream in = resource("localhost.pem")) {
      Files.copy(in, file);
    }
    return file;
  }

  private static InputStream resource(String name) {
    return OwnCertificate.class.getResourceAsStream("/tls/" + name);
  }
}
