package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A data directory that began with plain copies stays with them.
class PlainHostIT extends AbstractPostgresHostTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("server.HostParts");

  @Override
  Path prepare(Path temporary) throws IOException {
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    return temporary;
  }

  /// What could not be closed with it says so in the log; the directory is free all the same.
  @Test
  void aHostThatCannotCloseItsVolumesLetsTheNextOneIn(@TempDir Path other) throws Exception {
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
    var volumes = Files.createDirectories(other.resolve("volumes/from-before")).getParent();
    UnpackedPostgres.into(other);
    var closing = PostgresHost.open(other, PostgresHost.Options.defaults());
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> PostgresHost.open(other, PostgresHost.Options.defaults()))
        .withMessageContaining("another local engine works in");
    Files.move(volumes, other.resolve("elsewhere"));

    closing.close();

    Files.move(other.resolve("elsewhere"), volumes);
    PostgresHost.open(other, PostgresHost.Options.defaults()).close();
  }

  @Override
  String kind() {
    return "plain copy";
  }

  @Override
  CloneKind best() {
    return CloneKind.FULL_COPY;
  }
}
