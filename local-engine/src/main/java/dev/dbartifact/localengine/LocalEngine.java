package dev.dbartifact.localengine;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.HttpEndpoint;
import dev.dbartifact.localengine.rds.Home;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Api;
import dev.dbartifact.localengine.wire.QueryProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The whole engine: the services of AWS that it offers, over a database host, behind one port.
public final class LocalEngine implements AutoCloseable {

  private final DatabaseHost host;
  private final LocalRds rds;
  private final HttpEndpoint http;
  private final List<QueryProtocol> services;

  private LocalEngine(
      DatabaseHost host, LocalRds rds, HttpEndpoint http, List<QueryProtocol> services) {
    this.host = host;
    this.rds = rds;
    this.http = http;
    this.services = services;
  }

  /// What can be chosen about an engine.
  ///
  /// @param memory the folder where it remembers what exists
  /// @param port 0 for any free one
  /// @param storage how the host stores volumes, for people to read, such as `btrfs`
  public record Options(
      Path memory, int port, Home home, AccessKey key, Clock clock, String storage) {}

  /// Starts to answer. What an earlier engine left half done is finished or undone in the
  /// background.
  ///
  /// @param host is the engine's from here on, also when the start fails
  public static LocalEngine start(Options options, DatabaseHost host)
      throws IOException, HostException {
    try {
      var rds = new LocalRds(options.memory(), host, options.home(), options.clock());
      var sts = new LocalSts(options.home().account(), System.getProperty("user.name"));
      var services = services(rds, sts);
      rds.recover();
      var status = new StatusService(rds, options.storage());
      var http =
          HttpEndpoint.open(
              options.port(),
              options.key(),
              options.clock(),
              List.of(services.getFirst(), services.getLast(), status));
      return new LocalEngine(host, rds, http, services);
    } catch (IOException | HostException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /// The services of AWS over these implementations.
  public static List<QueryProtocol> services(RdsClient rds, StsClient sts) {
    return List.of(
        new QueryProtocol(
            new Api(
                "rds",
                "2014-10-31",
                "http://rds.amazonaws.com/doc/2014-10-31/",
                RdsClient.class,
                rds)),
        new QueryProtocol(
            new Api(
                "sts",
                "2011-06-15",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                StsClient.class,
                sts)));
  }

  public URI endpoint() {
    return http.uri();
  }

  List<QueryProtocol> services() {
    return services;
  }

  /// Answers no more, finishes what is under way, and stops all servers.
  @Override
  public void close() {
    http.close();
    rds.close();
    host.close();
  }
}
