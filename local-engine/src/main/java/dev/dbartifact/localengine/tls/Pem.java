package dev.dbartifact.localengine.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/// Keys and certificates as texts (RFC 7468).
final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final int LINE = 64;

  private Pem() {}

  static String of(X509Certificate certificate) throws CertificateException {
    return block(CERTIFICATE, certificate.getEncoded());
  }

  static String of(PrivateKey key) {
    return block(KEY, key.getEncoded());
  }

  private static String block(String label, byte[] content) {
    var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, lines);
  }

  /// The first certificate of a text.
  ///
  /// @throws IOException where there is none, or none that can be read
  static X509Certificate certificate(String text) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(content(CERTIFICATE, text)));
    } catch (CertificateException e) {
      throw new IOException("It holds no certificate that can be read: " + e.getMessage(), e);
    }
  }

  /// The first EC key of a text.
  ///
  /// @throws IOException where there is none, or none that can be read
  static PrivateKey key(String text) throws IOException {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(content(KEY, text)));
    } catch (GeneralSecurityException e) {
      throw new IOException("It holds no EC key that can be read", e);
    }
  }

  /// Whether there is a certificate at all, as far as that can be told without a look at what it
  /// says, which would load much of the JDK.
  ///
  /// @throws IOException where there is none, or one that was cut off
  static void requireCertificate(String text) throws IOException {
    content(CERTIFICATE, text);
  }

  /// The same of a key.
  static void requireKey(String text) throws IOException {
    content(KEY, text);
  }

  private static byte[] content(String label, String text) throws IOException {
    var block =
        Pattern.compile(
                "-----BEGIN %1$s-----\\s+([A-Za-z0-9+/=\\s]+)-----END %1$s-----".formatted(label))
            .matcher(text);
    if (!block.find()) {
      throw new IOException("It holds no " + label);
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(1).getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IOException("Its %s is no base64: %s".formatted(label, e.getMessage()), e);
    }
  }
}
