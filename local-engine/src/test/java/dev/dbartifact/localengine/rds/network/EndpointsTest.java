package dev.dbartifact.localengine.rds.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;

class EndpointsTest {
  private static final String READERS = "127.77.250.1";

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.network.Endpoints");

  @TempDir Path memory;

  @Test
  void oneAttemptIsForAllThatCannotBeListenedAt() throws Exception {
    var catalog = new Catalog(memory);
    try (var endpoints = new Endpoints(catalog, new Members(catalog), Duration.ofHours(1));
        var other = new ServerSocket(0, 1, InetAddress.ofLiteral(READERS))) {
      assertThat(endpoints.retriesToCome()).isZero();
      for (var storage : new String[] {"cluster-1", "cluster-2", "cluster-3"}) {
        endpoints.listen(cluster(storage, other.getLocalPort()));
      }
      assertThat(endpoints.retriesToCome()).isEqualTo(1);
    }
  }

  private static Cluster cluster(String storage, int port) {
    return new Cluster(
        storage,
        "127.77.250.2",
        READERS,
        null,
        null,
        null,
        null,
        null,
        null,
        DBCluster.builder().dbClusterIdentifier(storage).port(port).build());
  }
}
