package dev.dbartifact.localengine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.state.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("tls");

  @TempDir Path data;
  private ServerCertificate certificate;

  @BeforeEach
  void open() throws Exception {
    certificate = ServerCertificate.in(data, Authority.open(data), ServerAccount.find());
  }

  @Test
  void itIsMadeOnceForTheSameHosts() throws Exception {
    assertThat(certificate.renew(AuthorityTest.identity("127.0.0.1", "::1"))).isTrue();
    var first = Files.readString(certificate.file());

    assertThat(certificate.renew(AuthorityTest.identity("::1", "127.0.0.1"))).isFalse();
    assertThat(Files.readString(certificate.file())).isEqualTo(first);
  }

  @Test
  void anotherHostRenewsIt() throws Exception {
    certificate.renew(AuthorityTest.identity("127.0.0.1"));

    assertThat(certificate.renew(AuthorityTest.identity("127.0.0.1", "shop.example"))).isTrue();
    assertThat(certificate.renew(AuthorityTest.identity("127.0.0.1"))).isTrue();
  }

  @Test
  void anotherEndRenewsIt() throws Exception {
    var identity = AuthorityTest.identity("127.0.0.1");
    certificate.renew(identity);

    var later = new Identity(identity.hosts(), identity.until().plus(Duration.ofDays(1)));
    assertThat(certificate.renew(later)).isTrue();
    assertThat(certificate.renew(later)).isFalse();
  }

  @Test
  void oneOfAFormerAuthorityIsRenewed() throws Exception {
    var identity = AuthorityTest.identity("127.0.0.1");
    certificate.renew(identity);
    AtomicFile.removeBoth(Authority.bundle(data));

    assertThat(
            ServerCertificate.in(data, Authority.open(data), ServerAccount.find()).renew(identity))
        .isTrue();
  }

  /// Nobody waits for the disk to have it.
  @Test
  void oneThatWasCutOffAtAnyByteIsRenewed() throws Exception {
    var identity = AuthorityTest.identity("127.0.0.1");
    certificate.renew(identity);
    var whole = Files.readString(certificate.file());

    for (var length = 0; length < whole.length(); length += 37) {
      Files.writeString(certificate.file(), whole.substring(0, length));
      assertThat(certificate.renew(identity)).as("cut off after %d bytes", length).isTrue();
    }
    Files.writeString(certificate.file(), whole.substring(0, whole.length() - 1));
    assertThat(certificate.renew(identity)).isTrue();
  }

  /// As a disk may have it that was not waited for, too.
  @Test
  void oneOfAnyBytesIsRenewed() throws Exception {
    var identity = AuthorityTest.identity("127.0.0.1");
    var random = new Random(1);
    for (var length : List.of(1, 100, 4096)) {
      var bytes = new byte[length];
      random.nextBytes(bytes);
      bytes[0] = (byte) 0xff;
      Files.write(certificate.file(), bytes);
      assertThat(certificate.renew(identity)).as("%d bytes", length).isTrue();
    }
    assertThat(certificate.renew(identity)).isFalse();
  }

  @Test
  void onlyTheServerReadsIt() throws Exception {
    certificate.renew(AuthorityTest.identity("127.0.0.1"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificate.file())))
        .isEqualTo("rw-------");
    assertThat(Files.getOwner(certificate.file()).getName())
        .isEqualTo(ServerAccount.find().serverUser());
  }
}
