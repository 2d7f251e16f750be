package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.volume.PoolSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Walks what a start of the engine walks up to its first answer, what the certificate of a server
/// takes, and what short commands do, so that the JVM keeps the classes ready that they need.
/// Leaves nothing running and mounts nothing.
public final class Training {

  private static final String QUESTION = "/?Action=DescribeDBClusters&Version=2014-10-31";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final PostgresHost.Options WITHOUT_POOL =
      new PostgresHost.Options(PoolSize.none());

  private Training() {}

  /// @param args a folder for the engine to work in
  public static void main(String[] args) throws Exception {
    var options = List.of("--data-dir", args[0], "--port", "0");
    var arguments = Arguments.parse(Command.START, options, Map.of());
    var directory = arguments.directory();
    try (var _ = EngineLock.take(directory).orElseThrow();
        var engine = StartCommand.open(arguments, StartCommand.real(WITHOUT_POOL))) {
      StartCommand.announce(directory, engine);
      var key = CredentialsFile.read(directory.credentials());
      SignedCall.get(engine.endpoint(), QUESTION, RegionFile.read(directory), "rds", key, PATIENCE);
      command("status", directory);
      command("env", directory);
      certify(directory);
    }
    System.exit(0);
  }

  /// What the first server costs.
  private static void certify(EngineDirectory directory) throws IOException {
    var certificate =
        ServerCertificate.in(
            directory.memory(), Authority.open(directory.root()), ServerAccount.find());
    certificate.renew(Identity.of(List.of(InetAddress.getLoopbackAddress())));
    Files.delete(certificate.file());
  }

  private static void command(String name, EngineDirectory directory) throws IOException {
    var nobody = new PrintStream(OutputStream.nullOutputStream());
    var terminal = new Terminal(InputStream.nullInputStream(), nobody, nobody, Map.of());
    int exit = new Main(terminal).run(name, "--data-dir", directory.toString());
    if (exit != 0) {
      throw new IOException("'%s' ended with %d".formatted(name, exit));
    }
  }
}
