package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StatusServiceTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.network.Endpoints");

  @TempDir Path folder;

  /// To measure a hundred clones takes a file system seconds: whoever only looks for the engine
  /// must not wait for that.
  @Test
  void nothingIsMeasuredUnlessItIsAskedFor() throws Exception {
    try (var engine = TestEngine.start(folder)) {
      engine.cluster("shop");
      assertThat(report(engine, "/"))
          .singleElement()
          .satisfies(shop -> assertThat(shop.id()).isEqualTo("shop"))
          .satisfies(shop -> assertThat(shop.bytes()).isNull())
          .satisfies(shop -> assertThat(shop.history()).isNull());
      assertThat(report(engine, StatusService.MEASURED))
          .singleElement()
          .satisfies(shop -> assertThat(shop.bytes()).isNotNull());
    }
  }

  @Test
  void aStoppedClusterTakesSpaceToo() throws Exception {
    try (var engine = TestEngine.start(folder)) {
      engine.cluster("shop");
      engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
      engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
      engine.await("shop", cluster -> cluster.status().equals("stopped"));

      assertThat(report(engine, StatusService.MEASURED))
          .singleElement()
          .satisfies(shop -> assertThat(shop.bytes()).isNotNull());
    }
  }

  @Test
  void anEndpointThatSomethingElseListensAtIsNamed_andAnswersWhenThatHasEnded() throws Exception {
    var host = new FakeDatabaseHost();
    InetAddress reader;
    try (var engine = TestEngine.start(folder, host, Clock.systemUTC())) {
      reader = InetAddress.ofLiteral(engine.cluster("shop").readerEndpoint());
    }
    var other = new ServerSocket(5432, 1, reader);
    try (var engine = TestEngine.start(folder, host, Clock.systemUTC())) {
      assertThat(report(engine, "/").getFirst().message())
          .contains("The endpoint " + reader.getHostAddress() + ":5432 does not answer: ")
          .contains("tried again");

      other.close();

      TestEngine.await("the endpoint", () -> answers(reader));
      assertThat(report(engine, "/").getFirst().message()).isNull();
    } finally {
      other.close();
    }
  }

  private static boolean answers(InetAddress address) {
    try (var connection = new Socket(address, 5432)) {
      return connection.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<ClusterReport> report(TestEngine engine, String path) throws IOException {
    var said =
        SignedCall.get(
            engine.engine.endpoint(),
            path,
            "us-west-2",
            StatusService.NAME,
            TestEngine.KEY,
            Waiting.PATIENCE);
    return new ObjectMapper().readValue(said, StatusService.Report.class).clusters();
  }
}
