package dev.dbartifact.localengine.rds.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HomeTest {

  private static String hostedZone(String region) {
    return new Home(region, "000000000000").hostedZone();
  }

  @Test
  void theHostedZoneIsThatOfTheRegion() {
    assertThat(hostedZone("us-west-2")).isEqualTo("Z1PVIF0B656C1W");
    assertThat(hostedZone("eu-west-1")).isEqualTo("Z29XKXDKYMONMX");
  }

  @Test
  void anUnknownRegionHasOneOfItsOwn() {
    assertThat(hostedZone("eu-north-1"))
        .matches("Z[A-Z0-9]{13}")
        .isEqualTo(hostedZone("eu-north-1"))
        .isNotEqualTo(hostedZone("eu-south-1"));
  }
}
