package dev.dbartifact.localengine.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate that nobody has signed yet. The JDK reads certificates and makes none, so this is
/// `TBSCertificate` of RFC 5280, 4.1, written out.
///
/// @param issuer the common name of who is to sign it
/// @param subject the common name of whose key it is; 64 characters at most (`ub-common-name`)
/// @param extensions see [Extensions]
record Draft(
    String issuer, String subject, Instant from, Instant until, PublicKey key, byte[] extensions) {

  private static final String COMMON_NAME = "2.5.4.3";
  private static final BigInteger VERSION_3 = BigInteger.TWO;
  private static final int SERIAL_BITS = 127;

  /// `ecdsa-with-SHA256` (RFC 5758, 3.2), which has no parameters.
  private static final byte[] ALGORITHM = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));

  /// @param authority an EC key
  X509Certificate signedBy(PrivateKey authority) throws GeneralSecurityException {
    var content = content();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(authority);
    signature.update(content);
    var signed = Der.sequence(content, ALGORITHM, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
  }

  private byte[] content() {
    return Der.sequence(
        Der.explicit(0, Der.integer(VERSION_3)),
        Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)),
        ALGORITHM,
        name(issuer),
        Der.sequence(Der.time(from), Der.time(until)),
        name(subject),
        key.getEncoded(),
        Der.explicit(3, extensions));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
  }
}
