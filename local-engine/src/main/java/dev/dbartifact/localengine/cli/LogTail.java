package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an engine in the background says from some moment on.
///
/// @param before the size of its log at that moment
record LogTail(Path log, long before) {

  static LogTail fromNow(EngineDirectory directory) throws IOException {
    var log = directory.log();
    return new LogTail(log, Files.exists(log) ? Files.size(log) : 0);
  }

  List<String> lines() throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    var bytes = Files.readAllBytes(log);
    var from = (int) Math.min(before, bytes.length);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).lines().toList();
  }
}
