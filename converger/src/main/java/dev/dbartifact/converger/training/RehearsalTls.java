package dev.dbartifact.converger.training;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// TLS of a server whose certificate is made for one run: no image holds a key, not even one that
/// guards nothing.
final class RehearsalTls {
  private static final String PASSWORD = "rehearsal";

  private final SSLContext context;

  private RehearsalTls(SSLContext context) {
    this.context = context;
  }

  /// @param folder for the key; it must be there
  static RehearsalTls make(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("rehearsal.p12");
    makeKey(file);
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new RehearsalTls(context);
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=rehearsal",
            "-ext",
            "SAN=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getOutputStream().close();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("Could not make a key for the rehearsal: " + said.strip());
    }
  }

  /// The server's side of a connection, from here on in secret.
  Socket secure(Socket client) throws IOException {
    // The stream is for bytes that came already: there are none, as the client waits.
    var secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(client, InputStream.nullInputStream(), true);
    secure.setUseClientMode(false);
    secure.startHandshake();
    return secure;
  }
}
