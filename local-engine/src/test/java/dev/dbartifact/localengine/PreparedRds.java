package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.secrets.Vault;
import dev.dbartifact.localengine.server.AddressRange;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.QueryProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// RDS over a fake host that holds the cluster `prod` with the instance `prod-1`, asked with forms
/// as they stand on the wire.
final class PreparedRds implements AutoCloseable {

  private static final Pattern UNDER_WAY =
      Pattern.compile(
          "Status>(creating|copying|backing-up|failing-over|deleting|starting|stopping|rebooting"
              + "|modifying|upgrading|applying|PENDING)</");

  /// What is random, and so differs between two runs of one case.
  private static final List<Map.Entry<Pattern, String>> MASKS =
      List.of(
          mask("<RequestId>[^<]+", "<RequestId>REQUEST-ID"),
          mask("(cluster-endpoint|cluster|db)-[A-Z2-7]{26}", "$1-RESOURCE-ID"),
          mask("rds!(cluster|db)-[0-9a-f-]{36}-[A-Za-z0-9]{6}", "rds!$1-SECRET-ID"),
          mask("(c?ab)-[a-z2-7]{39,64}", "$1-BACKUP-ID"),
          mask("<CloneGroupId>[^<]+", "<CloneGroupId>CLONE-GROUP-ID"),
          mask("127\\.77\\.[0-9]+\\.[0-9]+", "127.77.N.N"),
          mask(
              ">us-west-2[abc]</AvailabilityZone><(DBSubnetGroup|VpcId)>",
              ">ZONE</AvailabilityZone><$1>"),
          mask("<SecondaryAvailabilityZone>[^<]+", "<SecondaryAvailabilityZone>ZONE"),
          mask("<Preferred(\\w+)Window>[^<]+", "<Preferred$1Window>WINDOW"));

  private static final String MARIADB = "# MariaDB ";

  private static final Instant BEGINNING = Instant.parse("2030-01-31T12:00:00Z");

  final FakeDatabaseHost host;
  final TurnableClock clock;
  private final Path folder;
  private final LocalRds rds;
  private final QueryProtocol service;

  /// An answer as it stands on the wire.
  record Answered(int status, String body) {}

  /// @param folder what it remembers
  PreparedRds(Path folder, FakeDatabaseHost host, Instant now) throws Exception {
    this.folder = folder;
    this.host = host;
    clock = new TurnableClock(now);
    var home = new Home("us-west-2", "000000000000");
    host.history.clock = clock;
    var secrets = new MasterSecrets(new Vault(folder, home.region(), home.account(), clock));
    rds =
        new LocalRds(
            folder,
            host,
            home,
            clock,
            Pace.INSTANT,
            () -> secrets,
            AddressRange.LOOPBACK,
            Optional.empty(),
            40);
    secrets.ownedBy(rds.passwordOwner());
    rds.recover();
    service = new QueryProtocol(LocalEngine.rdsApi(), rds.actions());
  }

  /// @param memory below which it gets a folder of its own
  static PreparedRds open(Path memory) throws Exception {
    return open(memory, List.of());
  }

  /// The same for a case, which may begin with what is installed beside PostgreSQL, such as `#
  /// MariaDB 10.11.19`.
  static PreparedRds open(Path memory, List<String> steps) throws Exception {
    var mariaDb =
        steps.stream()
            .filter(step -> step.startsWith(MARIADB))
            .map(step -> step.substring(MARIADB.length()))
            .toList();
    var host = new FakeDatabaseHost();
    host.mariaDb = mariaDb;
    var prepared = new PreparedRds(Files.createTempDirectory(memory, "case"), host, BEGINNING);
    prepared.makeCluster();
    return prepared;
  }

  /// What it would leave behind if it ended now, while nothing is under way.
  EndedRds ended() throws IOException {
    return EndedRds.of(folder, host, clock.instant());
  }

  Object[] actions() {
    return rds.actions();
  }

  /// With a history that begins right now.
  private void makeCluster() throws HostException {
    post(
        "Action=CreateDBCluster&DBClusterIdentifier=prod&Engine=aurora-postgresql"
            + "&MasterUsername=shop&MasterUserPassword=correct-horse&DatabaseName=orders"
            + "&Tags.Tag.1.Key=team&Tags.Tag.1.Value=orders");
    post(
        "Action=CreateDBInstance&DBInstanceIdentifier=prod-1&DBClusterIdentifier=prod"
            + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql"
            + "&AvailabilityZone=us-west-2a");
    TestEngine.await(
        "the instance",
        () ->
            post("Action=DescribeDBInstances")
                    .body()
                    .contains("<DBInstanceStatus>available</DBInstanceStatus>")
                && post("Action=DescribeDBClusters").body().contains("<Status>available</Status>"));
    for (var volume : host.volumes.keySet()) {
      host.history.keep(volume, Instant.EPOCH, true);
    }
  }

  /// The steps of a case; the form of each stands on lines, for people.
  static List<String> steps(String request) {
    return Arrays.stream(request.strip().split("\n\n"))
        .map(step -> step.replace("\n", ""))
        .toList();
  }

  /// Does what comes before the last step.
  void doAllButTheLast(List<String> steps) {
    for (var step : steps.subList(0, steps.size() - 1)) {
      if (step.startsWith(MARIADB)) {
        continue;
      }
      assertThat(post(step)).as(step).extracting(Answered::status).isEqualTo(200);
      awaitRest();
    }
  }

  /// Until nothing is under way any more.
  void awaitRest() {
    TestEngine.await(
        "the end of what was asked",
        () ->
            Stream.of(
                    "DescribeDBClusters",
                    "DescribeDBClusterEndpoints",
                    "DescribeDBInstances",
                    "DescribeDBClusterSnapshots",
                    "DescribeDBSnapshots")
                .map(action -> post("Action=" + action).body())
                .noneMatch(answer -> UNDER_WAY.matcher(answer).find()));
  }

  Answered post(String form) {
    var call = new Call("POST", URI.create("/"), Map.of(), form.getBytes(StandardCharsets.UTF_8));
    var answer = service.answer(call);
    return new Answered(answer.status(), answer.body());
  }

  private static Map.Entry<Pattern, String> mask(String random, String instead) {
    return Map.entry(Pattern.compile(random), instead);
  }

  /// Without what is random.
  static String mask(String answer) {
    var masked = answer;
    for (var each : MASKS) {
      masked = each.getKey().matcher(masked).replaceAll(each.getValue());
    }
    return masked;
  }

  @Override
  public void close() {
    rds.close();
    host.close();
  }
}
