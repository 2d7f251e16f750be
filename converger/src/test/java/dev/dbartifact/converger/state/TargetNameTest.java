package dev.dbartifact.converger.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.options.Mode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetNameTest {
  private static final ClusterId PROD = new ClusterId("prod-orders");

  @Test
  void saysWhatItIsAndWhose() {
    assertThat(TargetName.of(PROD, Mode.CLONE, "alice")).hasToString("prod-orders-clone-alice");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::123456789012:user/alice, alice",
    "arn:aws:iam::123456789012:user/team/Alice.B, alice-b",
    "arn:aws:sts::123456789012:assumed-role/Dev/alice@example.com, alice-example-com",
    "arn:aws:iam::123456789012:root, root",
    "arn:aws:iam::123456789012:user/___, nobody",
  })
  void anArnNamesAnOwner(String arn, String owner) {
    assertThat(TargetName.ownerOf(arn)).isEqualTo(owner);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws-sdk-java-1718000000000",
        "aws-go-sdk-1718000000000000000",
        "1718000000000000000",
        "aws-sdk-js-1718000000000",
        "aws-sdk-js-session-1718000000000",
        "botocore-session-1718000000",
        "eks-prod-shop-6f1d7e4c9-x2x5k-0b5d2c3e-8d1f-4a57-9b06-1c2d3e4f5a6b"
      })
  void aSessionThatNobodyHasNamedIsAnotherEachTime(String session) {
    assertThat(TargetName.isPassing("arn:aws:sts::123456789012:assumed-role/Dev/" + session))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sts::123456789012:assumed-role/Dev/alice@example.com",
        "arn:aws:sts::123456789012:assumed-role/Dev/aws-sdk-java",
        "arn:aws:sts::123456789012:assumed-role/Dev/i-0123456789abcdef0",
        "arn:aws:sts::123456789012:assumed-role/Dev/eks-shop",
        "arn:aws:iam::123456789012:user/botocore-session-1718000000",
        "arn:aws:iam::123456789012:root"
      })
  void anyOtherCallerIsTheSameNextTime(String arn) {
    assertThat(TargetName.isPassing(arn)).isFalse();
  }

  @Property
  void anyOwnerGivesALegalIdentifierWithRoomForInstances(
      @ForAll String owner, @ForAll @IntRange(min = 1, max = 16) int n) {
    ClusterId id = TargetName.of(PROD, Mode.CREATE, owner);

    assertThat(id.value().length()).isLessThanOrEqualTo(60);
    assertThat(TargetName.instance(id, n)).hasToString(id + "-" + n);
  }

  @Test
  void longNamesOfTwoOwnersDiffer() {
    String owner = "somebody-with-a-name-that-goes-on-and-on-and-on-and-on-";

    assertThat(TargetName.of(PROD, Mode.CLONE, owner + "a"))
        .isNotEqualTo(TargetName.of(PROD, Mode.CLONE, owner + "b"));
  }

  @Test
  void instancesOfTheLongestIdentifierAreLegal() {
    var longest = new ClusterId("a".repeat(63));

    assertThat(TargetName.instance(longest, 16).value()).hasSize(63).endsWith("-16");
  }
}
