package dev.dbartifact.localengine.postgres;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How an empty database is made: checksums on all pages, UTF-8, an order of characters that no
/// operating system's update changes.
record InitialDatabase(Installation installation, Path data) {
  List<String> command() {
    var command =
        new ArrayList<>(
            List.of(
                installation.program("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + ServerSettings.SUPERUSER,
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8"));
    if (installation.major() >= 17) {
      command.addAll(
          List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
    } else {
      command.add("--locale=C.UTF-8");
    }
    return command;
  }
}
