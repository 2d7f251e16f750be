package dev.dbartifact.localengine.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.state.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The certificates are read and checked by the JDK, which did not write them.
class AuthorityTest {
  private static final Instant NEXT_YEAR =
      Instant.now().plus(Duration.ofDays(365)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("tls", "state");

  @TempDir Path data;

  @Test
  void itsKeyIsTheOwnersAndItsCertificateEverybodys() throws Exception {
    var authority = Authority.open(data);

    assertThat(authority.bundle()).isEqualTo(Authority.bundle(data));
    assertThat(permissions(authority.bundle())).isEqualTo("rw-r--r--");
    assertThat(permissions(authority.bundle().resolveSibling("authority.key")))
        .isEqualTo("rw-------");
  }

  @Test
  void itIsMadeOnce() throws Exception {
    Authority.open(data);
    var first = Files.readString(Authority.bundle(data));

    Authority.open(data);
    assertThat(Files.readString(Authority.bundle(data))).isEqualTo(first);
  }

  @Test
  void itIsAnAuthorityForServersOnlyAndOutlivesThem() throws Exception {
    var own = certificate(Authority.open(data));

    assertThat(own.getVersion()).isEqualTo(3);
    assertThat(own.getBasicConstraints()).isZero();
    assertThat(own.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
    assertThat(own.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    assertThat(own.getNotAfter().toInstant())
        .isAfter(Instant.now().plus(Duration.ofDays(39 * 365)));
    own.verify(own.getPublicKey());
  }

  @Test
  void aHalfMadeOneIsMadeAnew() throws Exception {
    var former = certificate(Authority.open(data));
    AtomicFile.removeBoth(data.resolve("tls/authority.key"));

    var now = certificate(Authority.open(data));
    assertThat(now.getSubjectX500Principal()).isNotEqualTo(former.getSubjectX500Principal());

    AtomicFile.removeBoth(Authority.bundle(data));
    Authority.open(data).issue(identity("127.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"authority.key", "authority.pem"})
  void aFileThatIsCutOffAnywhereOrLostIsBroughtBack(String name) throws Exception {
    Authority.open(data);
    var file = data.resolve("tls").resolve(name);
    var whole = Files.readAllBytes(file);
    // The end of the last line means nothing.
    for (var length = 0; length < whole.length - 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Authority.open(data);
      assertThat(file).as("cut off after %d bytes", length).hasBinaryContent(whole);
    }
    Files.delete(file);
    Authority.open(data).issue(identity("127.0.0.1"));
    assertThat(file).hasBinaryContent(whole);
    assertThat(permissions(Authority.bundle(data))).isEqualTo("rw-r--r--");
  }

  @Test
  void aKeyThatCannotBeReadIsNamed() throws Exception {
    Authority.open(data);
    Files.writeString(data.resolve("tls/authority.key"), "torn");
    Files.writeString(AtomicFile.copy(data.resolve("tls/authority.key")), "torn");

    assertThatThrownBy(() -> Authority.open(data).issue(identity("127.0.0.1")))
        .hasMessageContaining("tls/authority.key")
        .hasMessageContaining("PRIVATE KEY");
  }

  @Test
  void itTellsWhatItsCertificateSays() throws Exception {
    var authority = Authority.open(data);
    var facts = authority.facts();

    assertThat(facts.validTill()).isEqualTo(certificate(authority).getNotAfter().toInstant());
    assertThat(facts.thumbprint()).matches("[0-9a-f]{40}");
  }

  @Test
  void aServersCertificateHoldsAllHostsAndIsVouchedFor() throws Exception {
    var authority = Authority.open(data);
    var name = "orders.cluster-c" + "1".repeat(60) + ".eu-west-1.rds.amazonaws.com";
    var issued = authority.issue(identity("127.77.1.2", "127.77.1.3", "::1", name)).certificate();

    assertThat(alternativeNames(issued))
        .containsExactlyInAnyOrder(
            List.of(7, "127.77.1.2"),
            List.of(7, "127.77.1.3"),
            List.of(7, "0:0:0:0:0:0:0:1"),
            List.of(2, name));
    assertThat(issued.getSubjectX500Principal().getName()).isEqualTo("CN=127.77.1.2");
    assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
    assertThat(issued.getNotAfter().toInstant()).isEqualTo(NEXT_YEAR);
    assertThat(issued.getSerialNumber().signum()).isPositive();
    validate(issued, certificate(authority));
  }

  @Test
  void noTwoServersHaveOneKeyOrNumber() throws Exception {
    var authority = Authority.open(data);
    var one = authority.issue(identity("127.0.0.1"));
    var other = authority.issue(identity("127.0.0.1"));

    assertThat(one.key()).isNotEqualTo(other.key());
    assertThat(one.certificate().getSerialNumber())
        .isNotEqualTo(other.certificate().getSerialNumber());
  }

  @Test
  void anotherAuthorityDoesNotVouchForIt(@TempDir Path elsewhere) throws Exception {
    var issued = Authority.open(data).issue(identity("127.0.0.1")).certificate();

    assertThatThrownBy(() -> validate(issued, certificate(Authority.open(elsewhere))))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void aServerWithoutAnEndOutlivesTheYear2050() throws Exception {
    var issued = Authority.open(data).issue(new Identity(List.of("127.0.0.1"), Identity.FOREVER));

    assertThat(issued.certificate().getNotAfter().toInstant()).isEqualTo(Identity.FOREVER);
  }

  @Test
  void onlyAddressesAndNamesAreHosts() {
    assertThatThrownBy(() -> identity("127.0.0.1", "not a name"))
        .hasMessageContaining("'not a name'");
    assertThatThrownBy(() -> identity()).isInstanceOf(IllegalArgumentException.class);
    assertThat(identity("Shop.Example", "shop.example").hosts()).containsExactly("shop.example");
  }

  static Identity identity(String... hosts) {
    return new Identity(List.of(hosts), NEXT_YEAR);
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate)
      throws Exception {
    return certificate.getSubjectAlternativeNames();
  }

  private static void validate(X509Certificate certificate, X509Certificate anchor)
      throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private static X509Certificate certificate(Authority authority) throws Exception {
    return Pem.certificate(Files.readString(authority.bundle()));
  }

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
