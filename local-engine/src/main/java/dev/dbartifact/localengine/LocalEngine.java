package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.HttpEndpoint;
import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.misbehaviour.Misbehaviour;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.misbehaviour.Vocabulary;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Actions;
import dev.dbartifact.localengine.wire.Api;
import dev.dbartifact.localengine.wire.QueryProtocol;
import dev.dbartifact.localengine.wire.Service;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// The whole engine: the services of AWS that it offers, over a database host, behind one port.
public final class LocalEngine implements AutoCloseable {

  private final DatabaseHost host;
  private final LocalRds rds;
  private final Surroundings around;
  private final HttpEndpoint http;

  private LocalEngine(DatabaseHost host, LocalRds rds, Surroundings around, HttpEndpoint http) {
    this.host = host;
    this.rds = rds;
    this.around = around;
    this.http = http;
  }

  /// What can be chosen about an engine.
  ///
  /// @param memory the folder where it remembers what exists
  /// @param storage how the host stores volumes, for people to read, such as `btrfs`
  /// @param mostClusters how many clusters there may be
  public record Options(
      Path memory,
      Reach reach,
      Home home,
      AccessKey key,
      Clock clock,
      String storage,
      Pace pace,
      Rules misbehaviour,
      int mostClusters) {

    /// As many clusters as on AWS: see "Quotas in Amazon Aurora" in the Aurora User Guide.
    public static final int MOST_ON_AWS = 40;

    /// The same, reached otherwise.
    public Options at(Reach other) {
      return new Options(
          memory, other, home, key, clock, storage, pace, misbehaviour, mostClusters);
    }
  }

  /// Loads ahead what every start needs, on whatever machine: the actions of RDS, and what reads
  /// and writes JSON. A start that is not prepared loads it itself.
  public static void prepare() {
    new Actions(rdsApi(), LocalRds.actionClasses()).offer();
    new ObjectMapper().createObjectNode();
  }

  /// Starts to answer. What an earlier engine left half done is finished or undone in the
  /// background.
  ///
  /// @param host is the engine's from here on, also when the start fails
  public static LocalEngine start(Options options, DatabaseHost host)
      throws IOException, HostException {
    try {
      var secrets = new SharedSecrets(options);
      var rds = recovered(options, host, secrets);
      var user = LocalSts.user(options.home().account(), System.getProperty("user.name"));
      var keys = new Keyring(options.key(), user, options.clock());
      var around =
          new Surroundings(
              options, keys, secrets, () -> databases(rds), () -> databases(rds).securityGroups());
      var http = serve(options, rds, around, keys);
      return new LocalEngine(host, rds, around, http);
    } catch (IOException | HostException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static RdsDatabases databases(LocalRds rds) {
    return new RdsDatabases(rds::address, rds::resumes, rds.clusters(), rds.instances());
  }

  private static LocalRds recovered(Options options, DatabaseHost host, SharedSecrets secrets)
      throws IOException, HostException {
    var rds =
        new LocalRds(
            options.memory(),
            host,
            options.home(),
            options.clock(),
            options.pace(),
            secrets::masterSecrets,
            options.reach().clusters(),
            options.reach().named(),
            options.mostClusters());
    secrets.ownedBy(rds.passwordOwner());
    rds.recover();
    if (secrets.exist()) {
      rds.recoverPasswords();
    }
    return rds;
  }

  private static HttpEndpoint serve(
      Options options, LocalRds rds, Surroundings around, Keyring keys) throws IOException {
    var misbehaviour = new Misbehaviour(options.misbehaviour(), rds::endIn);
    var services = new ArrayList<Service>();
    services.add(new QueryProtocol(rdsApi(), rds.actions()));
    services.addAll(around.services());
    services.add(
        new StatusService(
            rds, options.storage(), StatusService.Settings.of(options), misbehaviour));
    return HttpEndpoint.open(
        options.reach().listening(),
        keys,
        options.home().region(),
        options.clock(),
        services,
        misbehaviour);
  }

  /// The services of AWS that are offered, and their actions.
  public static List<ServiceOffer> offers() {
    var offers = new ArrayList<ServiceOffer>();
    offers.add(new Actions(rdsApi(), LocalRds.actionClasses()).offer());
    offers.addAll(Surroundings.offers());
    return offers;
  }

  /// What rules of misbehaviour may name.
  public static Vocabulary vocabulary() {
    return Vocabulary.of(offers());
  }

  static Api rdsApi() {
    return new Api(
        "rds", "2014-10-31", "http://rds.amazonaws.com/doc/2014-10-31/", RdsClient.class);
  }

  public URI endpoint() {
    return http.uri();
  }

  /// Answers no more, finishes what is under way, and stops all servers; see [StopLimit]. Each part
  /// ends whatever becomes of the others: statements of RDS Data before the requests that wait for
  /// them, and the servers last.
  @Override
  public void close() {
    try (host;
        rds;
        http;
        around) {
      rds.letGo();
      http.refuse();
    }
  }
}
