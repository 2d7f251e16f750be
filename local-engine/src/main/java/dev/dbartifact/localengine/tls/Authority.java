package dev.dbartifact.localengine.tls;

import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.TwinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate authority of one engine: it signs the certificates of its database servers, and
/// nothing else. Its key is the engine's alone; its own certificate is for everybody who wants to
/// know the servers, as RDS has its bundles. Both are made once, and have copies: clients know no
/// other authority. All keys are EC keys on P-256: one is made within a millisecond.
public final class Authority {
  private static final Logger LOG = LoggerFactory.getLogger(Authority.class);
  private static final String FOLDER = "tls";

  /// As long as RDS's own `rds-ca-rsa2048-g1`.
  private static final Duration LIFE = Duration.ofDays(40 * 365);

  /// Machines whose clocks are behind ours take a certificate as well.
  private static final Duration BEFORE = Duration.ofHours(1);

  private static final int LONGEST_COMMON_NAME = 64;

  private final Path folder;
  private Signer signer;

  private Authority(Path folder) {
    this.folder = folder;
  }

  private record Signer(X509Certificate certificate, PrivateKey key) {}

  /// A certificate that was just made, and its key.
  record Issued(X509Certificate certificate, PrivateKey key) {}

  /// The file with the authority's certificate that an engine has in its data directory: what
  /// clients know as CA bundle, or `sslrootcert`.
  public static Path bundle(Path dataDirectory) {
    return dataDirectory.resolve(FOLDER).resolve("authority.pem");
  }

  /// That of an engine, which is made if need be.
  public static Authority open(Path dataDirectory) throws IOException {
    var authority = new Authority(dataDirectory.resolve(FOLDER));
    var bundle = authority.bundle();
    if (!TwinFile.isThere(authority.keyFile()) || !TwinFile.isThere(bundle)) {
      authority.make();
    }
    keep(authority.keyFile(), Pem::requireKey);
    keep(bundle, Pem::requireCertificate);
    // Whatever the umask has taken away: those who know it are servers and other users.
    Files.setPosixFilePermissions(authority.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (Files.exists(bundle)) {
      Files.setPosixFilePermissions(bundle, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return authority;
  }

  private interface Check {
    void of(String text) throws IOException;
  }

  /// Brings a damaged file back, or its copy. Where there is neither, an engine can still be
  /// started, and erased: who needs the file says what to do, see [#signer].
  private static void keep(Path file, Check check) {
    try {
      TwinFile.kept(
          file,
          content -> {
            check.of(text(content));
            return content;
          });
    } catch (IOException e) {
      LOG.warn("{} cannot be read, nor its copy: {}", file, e.getMessage());
    }
  }

  /// The file with its certificate.
  public Path bundle() {
    return folder.resolve("authority.pem");
  }

  private Path keyFile() {
    return folder.resolve("authority.key");
  }

  /// The bundle goes first and comes last, so that what is there belongs together.
  private void make() throws IOException {
    warnOfReplacement();
    Files.createDirectories(folder);
    AtomicFile.removeBoth(bundle());
    var now = Instant.now();
    try {
      var keys = newKeys();
      var name = "Local engine authority " + distinction();
      var certificate =
          new Draft(
                  name,
                  name,
                  now.minus(BEFORE),
                  now.plus(LIFE),
                  keys.getPublic(),
                  Extensions.ofAuthority(keys.getPublic()))
              .signedBy(keys.getPrivate());
      write(keyFile(), Pem.of(keys.getPrivate()));
      write(bundle(), Pem.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new IOException("Could not make a certificate authority: " + e.getMessage(), e);
    }
  }

  /// Where one half is there, the other was, too, unless the first start was cut short.
  private void warnOfReplacement() {
    var key = TwinFile.isThere(keyFile());
    if (key || TwinFile.isThere(bundle())) {
      LOG.warn(
          "{} is missing: a new authority is made, and clients need its new bundle, {}",
          key ? bundle() : keyFile(),
          bundle());
    }
  }

  /// Two engines must not have authorities of one name: clients that know both look for the one
  /// that has signed by its name.
  private static String distinction() {
    var random = new byte[4];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void write(Path file, String text) {
    AtomicFile.writeTwice(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /// What its own certificate says.
  public AuthorityFacts facts() throws IOException {
    try {
      var certificate = signer().certificate();
      var digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      return new AuthorityFacts(
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant(),
          HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IOException("Could not read " + bundle() + ": " + e.getMessage(), e);
    }
  }

  boolean hasSigned(X509Certificate certificate) throws IOException {
    return certificate
        .getIssuerX500Principal()
        .equals(signer().certificate().getSubjectX500Principal());
  }

  /// Makes a key and a certificate for a server.
  Issued issue(Identity identity) throws IOException {
    var by = signer();
    try {
      var keys = newKeys();
      var draft =
          new Draft(
              commonName(by.certificate()),
              commonName(identity),
              Instant.now().minus(BEFORE),
              identity.until(),
              keys.getPublic(),
              Extensions.ofServer(
                  identity.hosts(), keys.getPublic(), by.certificate().getPublicKey()));
      return new Issued(draft.signedBy(by.key()), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IOException("Could not make a certificate: " + e.getMessage(), e);
    }
  }

  private static String commonName(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
  }

  /// The first of its hosts that is short enough: the rest stands among the alternative names.
  private static String commonName(Identity identity) {
    return identity.hosts().stream()
        .filter(host -> host.length() <= LONGEST_COMMON_NAME)
        .findFirst()
        .orElseGet(() -> identity.hosts().getFirst().substring(0, LONGEST_COMMON_NAME));
  }

  /// Read when it is needed first: an engine starts without it.
  private synchronized Signer signer() throws IOException {
    if (signer == null) {
      signer = new Signer(read(bundle(), Pem::certificate), read(keyFile(), Pem::key));
    }
    return signer;
  }

  private interface Reading<T> {
    T of(String text) throws IOException;
  }

  private static <T> T read(Path file, Reading<T> reading) throws IOException {
    try {
      return TwinFile.read(file, content -> reading.of(text(content)));
    } catch (IOException e) {
      throw new IOException(
          "Could not read %s, nor its copy %s: %s. Without it there are no certificates for servers; put one of them back, or remove both, and the next start makes a new authority, whose bundle clients must get"
              .formatted(file, AtomicFile.copy(file).getFileName(), e.getMessage()),
          e);
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.US_ASCII);
  }
}
