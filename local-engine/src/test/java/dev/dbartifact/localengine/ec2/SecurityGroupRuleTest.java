package dev.dbartifact.localengine.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.ec2.SecurityGroupRule.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityGroupRuleTest {

  /// Or else nobody could revoke one by its values.
  @Test
  void whatWasKeptAsItWasGivenIsLikeItsCanonicalForm() {
    assertThat(rule("100.68.0.18/18").isLike(rule("100.68.0.0/18"))).isTrue();
    assertThat(rule("100.68.0.18/18").peer()).isEqualTo("100.68.0.0/18");
    assertThat(rule("999.0.0.0/8").peer()).isEqualTo("999.0.0.0/8");
  }

  @Test
  void aProtocolThatWasKeptAsItWasGivenIsLikeItsName() {
    assertThat(of("TCP")).matches(of("tcp")::isLike).returns("tcp", SecurityGroupRule::protocol);
    assertThat(of("006")).matches(of("tcp")::isLike);
    assertThat(of("ALL")).matches(of("-1")::isLike).returns(null, SecurityGroupRule::from);
    assertThat(of("carrier pigeon")).returns("carrier pigeon", SecurityGroupRule::protocol);
  }

  private static SecurityGroupRule rule(String range) {
    return rule("tcp", range);
  }

  private static SecurityGroupRule of(String protocol) {
    return rule(protocol, "100.68.0.0/18");
  }

  private static SecurityGroupRule rule(String protocol, String range) {
    return new SecurityGroupRule("sgr-1", protocol, 1, 2, Kind.IPV4, range, null, Map.of());
  }
}
