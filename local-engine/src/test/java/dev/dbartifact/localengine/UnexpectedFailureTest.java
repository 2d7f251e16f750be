package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.QueryProtocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;

class UnexpectedFailureTest {

  @Test
  void whatCouldNotBeWrittenIsNamed() {
    assertThat(
            answer(
                new StateException(
                    "Could not write /data/a.json: No space left on device", new IOException())))
        .contains("<Code>InternalFailure</Code>")
        .contains("failed: Could not write /data/a.json: No space left on device; its log says");
  }

  @Test
  void whatNobodyThoughtOfIsLeftToTheLog() {
    assertThat(answer(new IllegalStateException("inside")))
        .contains("<Code>InternalFailure</Code>", "The local engine failed; its log says more")
        .doesNotContain("inside");
  }

  private static String answer(RuntimeException failure) {
    var form = "Action=DescribeDBClusters".getBytes(StandardCharsets.UTF_8);
    return new QueryProtocol(LocalEngine.rdsApi(), new Failing(failure))
        .answer(new Call("POST", URI.create("/"), Map.of(), form))
        .body();
  }

  public record Failing(RuntimeException failure) implements RdsClient {

    @Override
    @Honours({})
    public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
      throw failure;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
