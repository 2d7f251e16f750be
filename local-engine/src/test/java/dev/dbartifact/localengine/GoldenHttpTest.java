package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.Home;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.QueryProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Requests as they stand on the wire, and the answers to them, found by folder:
/// `http/<Action>/<case>.request` and `<case>.response.xml`. Each meets an engine that holds the
/// cluster `prod` with the instance `prod-1`. What is random is masked. `-Dgolden.update=true`
/// rewrites the answers.
class GoldenHttpTest {

  private static final Path CASES = Path.of("src/test/resources/http");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TempDir Path memory;

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    try (var files = Files.walk(CASES)) {
      return files
          .filter(file -> file.toString().endsWith(".request"))
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(CASES.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private void check(Path request) throws Exception {
    var name = request.getFileName().toString().replace(".request", ".response.xml");
    var expected = request.resolveSibling(name);
    var answer = answer(Files.readString(request));
    if (UPDATE) {
      Files.writeString(expected, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(expected));
  }

  /// The form stands on lines, for people.
  private String answer(String request) throws Exception {
    var host = new FakeDatabaseHost();
    var home = new Home("us-west-2", "000000000000");
    var clock = new TurnableClock(Instant.parse("2030-01-31T12:00:00Z"));
    var folder = Files.createTempDirectory(memory, "case");
    try (var rds = new LocalRds(folder, host, home, clock)) {
      rds.recover();
      var service = new QueryProtocol(LocalEngine.rdsApi(), rds);
      prepare(service);
      return mask(post(service, request.strip().replace("\n", "")));
    }
  }

  private static void prepare(QueryProtocol service) {
    post(
        service,
        "Action=CreateDBCluster&DBClusterIdentifier=prod&Engine=aurora-postgresql"
            + "&MasterUsername=shop&MasterUserPassword=correct-horse&DatabaseName=orders"
            + "&Tags.Tag.1.Key=team&Tags.Tag.1.Value=orders");
    post(
        service,
        "Action=CreateDBInstance&DBInstanceIdentifier=prod-1&DBClusterIdentifier=prod"
            + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql");
    TestEngine.await(
        "the instance",
        () ->
            post(service, "Action=DescribeDBInstances")
                    .contains("<DBInstanceStatus>available</DBInstanceStatus>")
                && post(service, "Action=DescribeDBClusters")
                    .contains("<Status>available</Status>"));
  }

  private static String post(QueryProtocol service, String form) {
    var call = new Call("POST", URI.create("/"), Map.of(), form.getBytes(StandardCharsets.UTF_8));
    var answer = service.answer(call);
    return "<!-- HTTP %d -->\n%s".formatted(answer.status(), answer.body());
  }

  private static String mask(String answer) {
    return answer
            .replaceAll("<RequestId>[^<]+", "<RequestId>REQUEST-ID")
            .replaceAll("(cluster|db)-[A-Z2-7]{26}", "$1-RESOURCE-ID")
            .replaceAll("<CloneGroupId>[^<]+", "<CloneGroupId>CLONE-GROUP-ID")
            .replaceAll("127\\.77\\.[0-9]+\\.[0-9]+", "127.77.N.N")
            .replaceAll(
                ">us-west-2[abc]</AvailabilityZone><DBSubnetGroup>",
                ">ZONE</AvailabilityZone><DBSubnetGroup>")
            .replaceAll("<Preferred(\\w+)Window>[^<]+", "<Preferred$1Window>WINDOW")
            .replace("><", ">\n<")
        + "\n";
  }
}
