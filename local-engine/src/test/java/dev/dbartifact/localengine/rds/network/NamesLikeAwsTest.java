package dev.dbartifact.localengine.rds.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;

class NamesLikeAwsTest {

  private static final ClusterEndpoint REPORTS =
      new ClusterEndpoint(
          "storage",
          "127.77.4.7",
          List.of(),
          DBClusterEndpoint.builder().dbClusterEndpointIdentifier("reports").build());

  @ParameterizedTest
  @CsvSource({
    "us-west-2, us-west-2.rds.amazonaws.com",
    "us-gov-west-1, us-gov-west-1.rds.amazonaws.com",
    "cn-north-1, rds.cn-north-1.amazonaws.com.cn",
    "cn-northwest-1, rds.cn-northwest-1.amazonaws.com.cn",
  })
  void theRegionStandsWhereAwsHasItThere(String region, String domain) {
    var names = new EndpointNames.LikeAws("c1sofdji2amj", region);

    assertThat(names.custom(REPORTS)).isEqualTo("reports.cluster-custom-c1sofdji2amj." + domain);
  }
}
