package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/// PostgreSQL's own physical copy, started with the same settings.
record BaseBackup(Workbench bench) implements CopyMethod {
  @Override
  public String title() {
    return "`pg_basebackup --checkpoint=fast --no-sync`, `postgres`";
  }

  @Override
  public Duration copy(Source source) throws Exception {
    admit(source.server());
    var folder = bench.besideVolumes("backup");
    var server = HandServer.prepare(source.server(), bench.work().resolve("hand"));
    Files.createDirectories(folder);
    Files.setOwner(folder, Files.getOwner(source.server().data()));
    Process process = null;
    try {
      long begin = System.nanoTime();
      backup(source.server(), server, folder.resolve("pgdata"));
      process = server.start(folder.resolve("pgdata"));
      server.database(source.database()).awaitAnswer(Source.FIRST_QUERY);
      return Command.since(begin);
    } finally {
      if (process != null) {
        server.end(process);
      }
      Command.of("rm", "-rf", "--", folder.toString()).run();
    }
  }

  private void backup(RunningServer source, HandServer account, Path data)
      throws IOException, InterruptedException {
    account
        .as(
            bench.programs().path("pg_basebackup"),
            "--host=" + source.socketDirectory(),
            "--port=" + source.port(),
            "--username=" + RunningServer.SUPERUSER,
            "--checkpoint=fast",
            "--no-sync",
            "--pgdata=" + data)
        .run();
  }

  /// The engine admits nobody for replication; here the servers' own account is, by the private
  /// socket.
  private static void admit(RunningServer source) throws IOException, SQLException {
    prepend(
        source.settings().resolve("pg_hba.conf"),
        "local replication " + RunningServer.SUPERUSER + " peer map=engine\n");
    prepend(
        source.settings().resolve("pg_ident.conf"),
        "engine \"%s\" %s\n".formatted(source.account(), RunningServer.SUPERUSER));
    source.execute("SELECT pg_reload_conf()");
  }

  private static void prepend(Path file, String line) throws IOException {
    var text = Files.readString(file);
    if (!text.contains(line)) {
      Files.writeString(file, line + text);
    }
  }
}
