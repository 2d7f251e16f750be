package dev.dbartifact.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedTypesTest {
  @Test
  void aClusterIdentifierIsKeptInLowerCaseAsRdsDoes() {
    assertThat(new ClusterId("Dev-Orders")).isEqualTo(new ClusterId("dev-orders"));
  }

  @Test
  void parameterGroupsAreKeptInLowerCaseAsRdsDoes() {
    assertThat(new ParameterSettings(Optional.of("Prod-Cluster"), Optional.of("Prod.Instance")))
        .isEqualTo(
            new ParameterSettings(Optional.of("prod-cluster"), Optional.of("prod.instance")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a--b", "a-", "with space", "under_score", "ünicode"})
  void anIllegalClusterIdentifierIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterId(text))
        .withMessageContaining("is not a cluster identifier");
  }

  @Test
  void aClusterIdentifierHasAtMostSixtyThreeCharacters() {
    assertThat(new ClusterId("a".repeat(63)).value()).hasSize(63);
    assertThatIllegalArgumentException().isThrownBy(() -> new ClusterId("a".repeat(64)));
  }

  @Test
  void subnetsAreSortedSoThatTwoListsOfTheSameAreEqual() {
    assertThat(SubnetIds.parse("subnet-0000000b, subnet-0000000a,subnet-0000000b"))
        .isEqualTo(SubnetIds.parse("subnet-0000000a,subnet-0000000b"));
  }

  @Test
  void everyMalformedSubnetIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubnetIds.parse("subnet-1 junk,subnet-0000000a,foo"))
        .withMessageContaining("'subnet-1 junk' is not a subnet id")
        .withMessageContaining("'foo' is not a subnet id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subnet-0000000a", "subnet-0000000a,subnet-0000000a"})
  void oneSubnetIsTooFew(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubnetIds.parse(text))
        .withMessageContaining("at least two subnets in two availability zones are needed");
  }

  @Test
  void aServerlessRangeIsTheSameHoweverItIsWritten() {
    assertThat(ServerlessRange.parse("0.5 - 8")).isEqualTo(ServerlessRange.parse("0.50-8.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8-0.5", "0.3-8", "1", "1-", "a-b", "0-0", "1-257", "-1-2"})
  void anImpossibleServerlessRangeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerlessRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "p!#$%&'()*+,-.:;<=>?[\\]^_`{|}~"})
  void aMasterPasswordFollowsTheRulesOfRds(String text) {
    assertThat(Secret.masterPassword(text).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567",
        "with space",
        "slash/slash",
        "quote\"quote",
        "at@atatat",
        "päßwörter",
        "tab\ttabtab"
      })
  void aRefusedPasswordIsNeverRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.masterPassword(text))
        .withMessageContaining("8 to 41 printable ASCII characters")
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(text));
  }

  @Test
  void aSecretPrintsAsDots() {
    assertThat("" + Secret.masterPassword("open-sesame")).isEqualTo("••••••");
  }

  @Test
  void tagsOfAmazonCannotBeSet() {
    assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(Map.of("aws:created", "x")));
    assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(Map.of("rds:stack", "x")));
  }

  @Test
  void aResourceHasAtMostFiftyTags() {
    Map<String, String> many =
        IntStream.range(0, 51).boxed().collect(Collectors.toMap(n -> "tag" + n, n -> ""));
    assertThatIllegalArgumentException().isThrownBy(() -> Tags.of(many));
  }

  @Test
  void aPortIsOneThatRdsAccepts() {
    assertThat(Port.parse("5432").value()).isEqualTo(5432);
    assertThatIllegalArgumentException().isThrownBy(() -> Port.parse("80"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Port.parse("many"))
        .withMessage("a port must be a whole number, found 'many'");
  }

  @Test
  void aChangelogStaysInItsFolder() {
    Digest digest = Digest.of(new byte[0]);
    assertThatIllegalArgumentException().isThrownBy(() -> new Changelog("/etc/passwd", 1, digest));
    assertThatIllegalArgumentException().isThrownBy(() -> new Changelog("../up.xml", 1, digest));
    assertThatIllegalArgumentException().isThrownBy(() -> new Changelog("a/../b.xml", 1, digest));
    assertThat(new Changelog("v1..2/db..xml", 1, digest).path()).isEqualTo("v1..2/db..xml");
  }
}
