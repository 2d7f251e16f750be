package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.HttpEndpoint;
import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.http.SignedRequest;
import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.Interference;
import dev.dbartifact.localengine.wire.LazyService;
import dev.dbartifact.localengine.wire.QueryProtocol;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;

/// Every request is answered, whatever a service throws.
class UnexpectedFailureTest {

  private static final StateException FULL =
      new StateException(
          "Could not write /data/a.json: No space left on device", new IOException("inside"));

  private final Logger logger =
      Logger.getLogger("dev.dbartifact.localengine.http.UnexpectedFailure");
  private final List<LogRecord> log = new ArrayList<>();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void readTheLog() {
    logger.setUseParentHandlers(false);
    logger.addHandler(collector);
  }

  @AfterEach
  void readTheLogNoMore() {
    logger.removeHandler(collector);
    logger.setUseParentHandlers(true);
  }

  @Test
  void whatCouldNotBeWrittenIsNamedAndIsOneLineOfTheLog() throws Exception {
    assertThat(answer(rds(FULL)))
        .contains("<Code>InternalFailure</Code>")
        .contains("failed: Could not write /data/a.json: No space left on device; its log says");
    assertThat(log).hasSize(1);
    assertThat(log.getFirst().getThrown()).isNull();
    assertThat(log.getFirst().getMessage()).contains("No space left on device");
  }

  @Test
  void whatNobodyThoughtOfIsLeftToTheLog() throws Exception {
    var failure = new IllegalStateException("inside");
    assertThat(answer(rds(failure)))
        .contains("<Code>InternalFailure</Code>", "The local engine failed; its log says more")
        .doesNotContain("inside", "IllegalState");
    assertThat(log).hasSize(1);
    assertThat(log.getFirst().getThrown()).isSameAs(failure);
  }

  @Test
  void anErrorIsAnsweredLikeAnyFailure() throws Exception {
    assertThat(answer(rds(new StackOverflowError("inside"))))
        .contains("<Code>InternalFailure</Code>")
        .doesNotContain("inside", "StackOverflow");
    assertThat(log).hasSize(1);
  }

  @Test
  void aServiceThatCannotBeginIsAnsweredFor() throws Exception {
    var never =
        new LazyService(
            "rds",
            1 << 20,
            _ -> false,
            () -> {
              throw FULL;
            });
    assertThat(answer(new QueryProtocol(Surroundings.stsApi(), sts()), never))
        .contains("<Code>InternalFailure</Code>", "No space left on device");
  }

  private static Object sts() {
    return new LocalSts("000000000000", null, Clock.systemUTC(), _ -> 3600);
  }

  private static Service rds(Throwable failure) {
    return new QueryProtocol(LocalEngine.rdsApi(), new Failing(failure));
  }

  /// What a client reads with the status 500.
  private static String answer(Service... services) throws Exception {
    var key = TestEngine.KEY;
    var keys = new Keyring(key, LocalSts.user("000000000000", "ada"), Clock.systemUTC());
    try (var endpoint =
            HttpEndpoint.open(
                Listening.onLoopback(0),
                keys,
                "us-west-2",
                Clock.systemUTC(),
                List.of(services),
                Interference.NONE);
        var client = HttpClient.newHttpClient()) {
      var request =
          SignedRequest.of("POST", endpoint.uri(), "Action=DescribeDBClusters", "rds", key);
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(500);
      return answer.body();
    }
  }

  public record Failing(Throwable failure) implements RdsClient {

    @Override
    @Honours({})
    public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
      switch (failure) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new AssertionError("not thrown by any action", failure);
      }
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
