package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Certificate;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What is told of the certificates of servers, and what they say.
class CertificateTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute", "rds.storage");

  @TempDir Path memory;

  private static Instant end(FakeDatabaseHost host) {
    return host.volumes.values().stream()
        .map(each -> each.listen().tls().identity().until())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneThatEndsSoonIsRenewedByTheNextStart() throws Exception {
    try (var rds = PreparedRds.open(memory)) {
      assertThat(end(rds.host)).isEqualTo("2031-01-31T12:00:00Z");

      rds.clock.turn(Duration.ofDays(340));
      rds.post("Action=RebootDBInstance&DBInstanceIdentifier=prod-1");
      rds.awaitRest();

      assertThat(end(rds.host)).isEqualTo("2032-01-06T12:00:00Z");
      assertThat(rds.post("Action=DescribeDBInstances").body())
          .contains("<ValidTill>2032-01-06T12:00:00Z</ValidTill>");
    }
  }

  @Test
  void oneThatEndsSoonIsRenewedWhileItsServerRuns() throws Exception {
    try (var rds = PreparedRds.open(memory)) {
      var starts = rds.host.starts.get();

      rds.clock.turn(Duration.ofDays(340));

      TestEngine.await(
          "the renewal", () -> end(rds.host).equals(Instant.parse("2032-01-06T12:00:00Z")));
      assertThat(rds.host.starts).hasValue(starts);
      assertThat(rds.post("Action=DescribeDBInstances").body())
          .contains("<ValidTill>2032-01-06T12:00:00Z</ValidTill>");
    }
  }

  @Test
  void aCustomEndpointIsNotAvailableBeforeServersAnswerForIt() throws Exception {
    try (var rds = PreparedRds.open(memory)) {
      rds.host.failWith(new HostException("It has no room for a certificate"));
      rds.post(
          "Action=CreateDBClusterEndpoint&DBClusterIdentifier=prod"
              + "&DBClusterEndpointIdentifier=reports&EndpointType=ANY");
      TestEngine.await("the first attempt", () -> rds.host.certifications.get() == 1);
      assertThat(customEndpoint(rds)).contains("<Status>creating</Status>");

      rds.host.failWith(null);

      TestEngine.await(
          "the endpoint",
          () -> {
            rds.clock.turn(Duration.ofSeconds(30));
            return customEndpoint(rds).contains("<Status>available</Status>");
          });
    }
  }

  private static String customEndpoint(PreparedRds rds) {
    return rds.post("Action=DescribeDBClusterEndpoints&DBClusterEndpointIdentifier=reports").body();
  }

  @Nested
  class OfOneInstance {
    private final FakeDatabaseHost host = new FakeDatabaseHost();
    private TestEngine engine;

    @BeforeEach
    void start() throws Exception {
      engine = TestEngine.start(memory, host, Clock.systemUTC());
      engine.cluster("shop");
    }

    @AfterEach
    void stop() {
      engine.close();
    }

    @Test
    void whatIsToldIsWhatItSays() {
      assertThat(told().certificateDetails().validTill()).isEqualTo(end(host));
    }

    @Test
    void itIsOfTheAuthorityThatTheInstanceHasChosen() {
      engine.rds.modifyDBInstance(r ->
          r.dbInstanceIdentifier("shop-1")
              .caCertificateIdentifier("rds-ca-ecc384-g1")
              .applyImmediately(true));
      engine.awaitInstance(
          "shop-1", each -> each.caCertificateIdentifier().equals("rds-ca-ecc384-g1"));
      assertThat(told().certificateDetails().caIdentifier()).isEqualTo("rds-ca-ecc384-g1");
      assertThatThrownBy(() ->
              engine.rds.modifyDBInstance(
                  r -> r.dbInstanceIdentifier("shop-1").caCertificateIdentifier("rds-ca-2015")))
          .hasMessageContaining("Certificate not found: rds-ca-2015");
    }

    @Test
    void aNewNameIsNoneOfItsMattersWhereEndpointsAreAddresses() {
      engine.rds.modifyDBCluster(r ->
          r.dbClusterIdentifier("shop").newDBClusterIdentifier("store").applyImmediately(true));
      assertThat(engine.describe("store").status()).isEqualTo("available");

      engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
      engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));

      assertThat(host.certifications).hasValue(0);
    }

    @Test
    void theAuthoritiesThatCanBeChosenAreDescribed() {
      assertThat(engine.rds.describeCertificates().certificates())
          .extracting(Certificate::certificateIdentifier)
          .containsExactly("rds-ca-ecc384-g1", "rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1");
      assertThat(
              engine
                  .rds
                  .describeCertificates(r -> r.certificateIdentifier("rds-ca-rsa4096-g1"))
                  .certificates())
          .singleElement()
          .satisfies(each -> assertThat(each.thumbprint()).hasSize(40));
    }

    private DBInstance told() {
      return engine.describeInstance("shop-1");
    }
  }
}
