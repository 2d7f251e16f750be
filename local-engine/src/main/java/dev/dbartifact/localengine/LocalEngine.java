package dev.dbartifact.localengine;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.HttpEndpoint;
import dev.dbartifact.localengine.rds.Home;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Actions;
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

  private LocalEngine(DatabaseHost host, LocalRds rds, HttpEndpoint http) {
    this.host = host;
    this.rds = rds;
    this.http = http;
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
      rds.recover();
      var status = new StatusService(rds, options.storage());
      var http =
          HttpEndpoint.open(
              options.port(),
              options.key(),
              options.clock(),
              List.of(new QueryProtocol(rdsApi(), rds), new QueryProtocol(stsApi(), sts), status));
      return new LocalEngine(host, rds, http);
    } catch (IOException | HostException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /// The services of AWS that are offered, and their actions.
  public static List<Actions> services() {
    return List.of(new Actions(rdsApi(), LocalRds.class), new Actions(stsApi(), LocalSts.class));
  }

  static Api rdsApi() {
    return new Api(
        "rds", "2014-10-31", "http://rds.amazonaws.com/doc/2014-10-31/", RdsClient.class);
  }

  private static Api stsApi() {
    return new Api(
        "sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", StsClient.class);
  }

  public URI endpoint() {
    return http.uri();
  }

  /// Answers no more, finishes what is under way, and stops all servers.
  @Override
  public void close() {
    http.close();
    rds.close();
    host.close();
  }
}
