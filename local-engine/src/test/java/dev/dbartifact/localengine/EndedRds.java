package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What a [PreparedRds] leaves behind, from which others go on as an engine does that is started
/// again: each from a copy, which takes less time than to make everything once more.
///
/// @param served the volumes whose servers ran
record EndedRds(Path folder, FakeDatabaseHost host, Set<StorageId> served, Instant time) {

  static EndedRds of(Path folder, FakeDatabaseHost host, Instant time) throws IOException {
    return new EndedRds(copy(folder), next(host), host.served(), time);
  }

  /// One where everything is as it was.
  PreparedRds goOn() throws Exception {
    var rds = new PreparedRds(copy(folder), next(host), time);
    TestEngine.await("the servers", () -> rds.host.served().equals(served));
    rds.awaitRest();
    return rds;
  }

  private static FakeDatabaseHost next(FakeDatabaseHost host) {
    var next = new FakeDatabaseHost();
    next.mariaDb = host.mariaDb;
    next.takeOver(host);
    next.parameters.putAll(host.parameters);
    return next;
  }

  private static Path copy(Path folder) throws IOException {
    var copy = Files.createTempDirectory(folder.getParent(), "case");
    for (var file : filesBelow(folder)) {
      var target = copy.resolve(folder.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return copy;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
