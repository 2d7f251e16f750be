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
