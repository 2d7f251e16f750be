package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.conformance.Databases;
import dev.dbartifact.localengine.conformance.Endpoint;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.HttpEndpoint;
import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.misbehaviour.Misbehaviour;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.secrets.Vault;
import dev.dbartifact.localengine.server.AddressRange;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.Usage;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.QueryProtocol;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/// RDS behind its port, as the engine puts it together, with something in between.
final class BreakableEngine implements AutoCloseable {

  private static final String REGION = "us-west-2";
  private static final AccessKey KEY = TestEngine.KEY;

  private final DatabaseHost host;
  private final LocalRds rds;
  private final HttpEndpoint http;
  private final RdsClient client;
  private final Databases databases;
  private final Duration patience;

  private BreakableEngine(
      Path memory,
      DatabaseHost host,
      UnaryOperator<Service> between,
      Databases databases,
      Duration patience)
      throws Exception {
    this.host = host;
    this.databases = databases;
    this.patience = patience;
    var clock = Clock.systemUTC();
    var home = new Home(REGION, "000000000000");
    var secrets = new MasterSecrets(new Vault(memory, home.region(), home.account(), clock));
    rds =
        new LocalRds(
            memory,
            host,
            home,
            clock,
            Pace.INSTANT,
            () -> secrets,
            AddressRange.LOOPBACK,
            Optional.empty(),
            100);
    secrets.ownedBy(rds.passwordOwner());
    rds.recover();
    var misbehaviour = new Misbehaviour(Rules.NONE, rds::endIn);
    var services =
        List.of(
            between.apply(new QueryProtocol(LocalEngine.rdsApi(), rds.actions())),
            new StatusService(
                rds,
                "under test",
                new StatusService.Settings(AddressRange.LOOPBACK.toString(), "instant", 100, null),
                misbehaviour));
    var keys = new Keyring(KEY, LocalSts.user(home.account(), "ada"), clock);
    http = HttpEndpoint.open(Listening.onLoopback(0), keys, REGION, clock, services, misbehaviour);
    client = client(http.uri());
  }

  static BreakableEngine start(
      Path memory,
      FakeDatabaseHost host,
      UnaryOperator<DatabaseHost> around,
      UnaryOperator<Service> between)
      throws Exception {
    return new BreakableEngine(
        memory, around.apply(host), between, new FakeDatabases(host), Duration.ofSeconds(2));
  }

  /// Whole: what is waited for comes, if late.
  static BreakableEngine start(Path memory, DatabaseHost host, Databases databases)
      throws Exception {
    return new BreakableEngine(memory, host, UnaryOperator.identity(), databases, Waiting.PATIENCE);
  }

  private static RdsClient client(URI endpoint) {
    return RdsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY.id(), KEY.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  Endpoint endpoint() {
    return new Endpoint(client, databases, this::bytes, patience);
  }

  private Usage bytes(String cluster) {
    try {
      var report =
          SignedCall.get(
              http.uri(), StatusService.MEASURED, REGION, StatusService.NAME, KEY, patience);
      return new ObjectMapper()
          .readValue(report, StatusService.Report.class).clusters().stream()
              .filter(each -> each.id().equals(cluster))
              .findFirst()
              .orElseThrow()
              .bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.close();
    rds.close();
    host.close();
  }
}
