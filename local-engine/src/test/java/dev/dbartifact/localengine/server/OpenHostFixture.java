package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// A host on volumes of one kind, opened once for all tests of a class.
@TestInstance(Lifecycle.PER_CLASS)
abstract class OpenHostFixture {
  static final String PASSWORD = "s3cret'\\pass";
  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  static final StorageId SOURCE = new StorageId("source");
  static final StorageId CLONE = new StorageId("clone");
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(20);

  Path dataDirectory;
  PostgresHost host;

  /// A directory on a file system of the kind under test.
  abstract Path prepare(Path temporary) throws IOException;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    dataDirectory = prepare(temporary);
    UnpackedPostgres.into(dataDirectory);
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());
  }

  @AfterEach
  void discardAll() throws HostException {
    for (var id : host.stored()) {
      host.discard(id);
    }
  }

  @AfterAll
  void close() throws IOException {
    if (host != null) {
      host.close();
    }
    release();
  }

  /// Gives back what [#prepare] took.
  void release() throws IOException {}

  /// A reload is a signal: sessions learn of it a little later.
  static void awaitValue(Sql sql, String query, String value) throws Exception {
    await(value, PATIENCE, () -> sql.value(query).equals(value));
  }

  static void await(String what, BooleanSupplier holds) throws Exception {
    await(what, PATIENCE, holds::getAsBoolean);
  }

  /// Asks again and again, up to this limit.
  static void await(String what, Duration limit, Callable<Boolean> holds) throws Exception {
    Waiting.until(what, limit, POLL, holds::call);
  }

  Path volume(StorageId id) {
    var pool = dataDirectory.resolve("pool");
    return (Files.exists(pool) ? pool : dataDirectory).resolve("volumes").resolve(id.value());
  }

  /// The same port at another address, as a reader has it.
  static Listen elsewhere(Listen listen) {
    return new Listen(InetAddress.ofLiteral("127.0.0.2"), listen.port());
  }

  static Listen freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      return new Listen(LOOPBACK, socket.getLocalPort());
    }
  }
}
