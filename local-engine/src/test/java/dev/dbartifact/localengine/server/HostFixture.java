package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A host with PostgreSQL clusters, opened once for all tests of a class.
abstract class HostFixture extends OpenHostFixture {
  StorageId create(StorageId id) throws HostException {
    host.create(id, new NewDatabase(version(), "admin", new Secret(PASSWORD), Optional.of("shop")));
    return id;
  }

  String version() {
    return host.installedVersions().getFirst();
  }

  Sql started(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(id, listen);
    assertThat(host.running(id)).isTrue();
    return new Sql(listen, "admin", PASSWORD, "shop");
  }

  void kill(StorageId id) throws Exception {
    var pid =
        Long.parseLong(Files.readAllLines(volume(id).resolve("pgdata/postmaster.pid")).getFirst());
    var postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  /// All that the server of a volume has said.
  static String serverLog(Path dataDirectory, StorageId id) throws IOException {
    var all = new StringBuilder();
    var folder = dataDirectory.resolve("log").resolve(id.value());
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
