package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class MasterSecretsTest {

  private static final String CLUSTER = "arn:aws:rds:us-west-2:000000000000:cluster:shop";
  private static final String VERSION = "00000002-0000-4000-8000-000000000000";

  private static final String LATER = "00000003-0000-4000-8000-000000000000";

  @TempDir Path memory;
  private MasterSecrets masters;
  private Vault vault;
  private SecretValueActions values;
  private SecretDescriptionActions descriptions;
  private String arn;

  @BeforeEach
  void make() {
    vault = new Vault(memory, "us-west-2", "000000000000", Clock.systemUTC());
    masters = new MasterSecrets(vault);
    values = new SecretValueActions(vault);
    descriptions = new SecretDescriptionActions(vault);
    arn =
        masters.create(
            MasterSecrets.Kind.CLUSTER, CLUSTER, "shop", new Secret("correct-horse"), null);
  }

  private String value(String stage) {
    return values.getSecretValue(r -> r.secretId(arn).versionStage(stage)).secretString();
  }

  @Test
  void theSecretIsThatOfTheCluster() {
    assertThat(arn).contains(":secret:rds!cluster-");
    assertThat(value("AWSCURRENT"))
        .isEqualTo("{\"username\":\"shop\",\"password\":\"correct-horse\"}");
    var described = descriptions.describeSecret(r -> r.secretId(arn));
    assertThat(described.owningService()).isEqualTo("rds");
    assertThat(described.tags()).anySatisfy(tag -> assertThat(tag.value()).isEqualTo(CLUSTER));
  }

  @Test
  void onlyRdsChangesIt() {
    assertThatThrownBy(() -> new SecretLifeActions(vault).deleteSecret(r -> r.secretId(arn)))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() ->
            values.putSecretValue(
                r -> r.secretId(arn).secretString("x").clientRequestToken(VERSION)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void aRotatedPasswordIsCurrentWhenLoginsWork() {
    var done = new ArrayList<Runnable>();
    var passwords = new ArrayList<Secret>();
    masters.ownedBy((_, password, finished) -> {
      passwords.add(password);
      done.add(finished);
    });
    rotate();
    assertThat(value("AWSCURRENT")).contains("correct-horse");
    assertThat(value("AWSPENDING")).doesNotContain("correct-horse");
    done.forEach(Runnable::run);
    assertThat(passwords).singleElement().satisfies(this::isCurrent);
    assertThat(value("AWSPREVIOUS")).contains("correct-horse");
    assertThat(descriptions.describeSecret(r -> r.secretId(arn)).versionIdsToStages())
        .containsEntry(VERSION, List.of("AWSCURRENT"));
  }

  /// As the SDK does it after an answer that got lost.
  @Test
  void aRotationThatIsAskedForTwiceIsMadeOnce() {
    var passwords = new ArrayList<String>();
    masters.ownedBy((_, password, finished) -> {
      passwords.add(password.reveal());
      finished.run();
    });
    rotate();
    var rotated = value("AWSCURRENT");

    rotate();

    assertThat(passwords).hasSize(1);
    assertThat(value("AWSCURRENT")).isEqualTo(rotated);
    assertThat(descriptions.describeSecret(r -> r.secretId(arn)).versionIdsToStages())
        .hasSize(2)
        .containsEntry(VERSION, List.of("AWSCURRENT"));
  }

  /// Or else the secret would wait for the next start of the engine, and nobody would know.
  @Test
  void oneThatBrokeOffBeginsAgainWithTheSamePassword() {
    masters.ownedBy((_, _, _) -> {
      throw new IllegalStateException("the disk is full");
    });
    assertThatThrownBy(this::rotate).hasMessage("the disk is full");
    var pending = value("AWSPENDING");
    masters.ownedBy((_, password, finished) -> {
      assertThat(pending)
          .isEqualTo("{\"username\":\"shop\",\"password\":\"%s\"}".formatted(password.reveal()));
      finished.run();
    });

    rotate();

    assertThat(value("AWSCURRENT")).isEqualTo(pending);
  }

  /// Whoever asks for another one is refused, and told so: it is true.
  @Test
  void oneThatBrokeOffIsGoneOnWithWhenAnotherIsAskedFor() {
    masters.ownedBy((_, _, _) -> {
      throw new IllegalStateException("the disk is full");
    });
    assertThatThrownBy(this::rotate).hasMessage("the disk is full");
    var pending = value("AWSPENDING");
    masters.ownedBy((_, _, finished) -> finished.run());

    assertThatThrownBy(() -> rotate(LATER))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("That rotation will be reattempted.");

    assertThat(value("AWSCURRENT")).isEqualTo(pending);
    rotate(LATER);
    assertThat(value("AWSPREVIOUS")).isEqualTo(pending);
  }

  @Test
  void oneThatIsBegunTwiceEndsOnce() {
    var done = new ArrayList<Runnable>();
    masters.ownedBy((_, _, finished) -> done.add(finished));
    rotate();
    var before = value("AWSCURRENT");
    var pending = value("AWSPENDING");
    assertThatThrownBy(() -> rotate(LATER)).isInstanceOf(InvalidRequestException.class);
    assertThat(done).hasSize(2);

    done.forEach(Runnable::run);

    assertThat(value("AWSCURRENT")).isEqualTo(pending);
    assertThat(value("AWSPREVIOUS")).isEqualTo(before);
    assertThat(masters.isRotating(arn)).isFalse();
  }

  @Test
  void theEndOfOneRotationIsNotThatOfTheNext() {
    var done = new ArrayList<Runnable>();
    masters.ownedBy((_, _, finished) -> done.add(finished));
    rotate();
    masters.rotate(arn, LATER);
    var pending = value("AWSPENDING");

    done.getFirst().run();
    assertThat(value("AWSPENDING")).isEqualTo(pending);

    done.getLast().run();
    assertThat(value("AWSCURRENT")).isEqualTo(pending);
    assertThat(masters.isRotating(arn)).isFalse();
  }

  @Test
  void whileOneIsUnderWayNoOtherIsBegunAndNothingIsChanged() {
    var done = new ArrayList<Runnable>();
    masters.ownedBy((_, _, finished) -> done.add(finished));
    rotate();
    var pending = value("AWSPENDING");
    assertThatThrownBy(() -> rotate(LATER))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("A previous rotation isn't complete");
    assertThatThrownBy(() -> schedule(r -> r.automaticallyAfterDays(30L)))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(value("AWSPENDING")).isEqualTo(pending);
    assertThat(days()).isEqualTo(7);

    rotate();
    done.getLast().run();
    rotate(LATER);
    done.getLast().run();
    assertThat(value("AWSPREVIOUS")).isEqualTo(pending);
  }

  @Test
  void theNextRotationIsByTheRules() {
    masters.ownedBy((_, _, finished) -> finished.run());
    assertThat(untilTheNext()).isEqualTo(Duration.ofDays(7));
    schedule(r -> r.automaticallyAfterDays(30L));
    assertThat(untilTheNext()).isEqualTo(Duration.ofDays(30));
    rotate();
    assertThat(days()).isEqualTo(30);
    assertThat(untilTheNext()).isEqualTo(Duration.ofDays(30));
    schedule(r -> r.scheduleExpression("rate(12 hours)"));
    assertThat(untilTheNext()).isEqualTo(Duration.ofHours(12));
    schedule(r -> r.scheduleExpression("cron(0 8 1 * ? *)"));
    assertThat(descriptions.describeSecret(r -> r.secretId(arn)).nextRotationDate()).isNull();
  }

  @Test
  void aScheduleThatIsNoneIsRefused() {
    for (var days : List.of(0L, 1001L)) {
      assertThatThrownBy(() -> schedule(r -> r.automaticallyAfterDays(days)))
          .isInstanceOf(SecretsManagerException.class)
          .hasMessageContaining("'rotationRules.automaticallyAfterDays'");
    }
    for (var expression : List.of("rate(3 hours)", "rate(0 days)", "weekly")) {
      assertThatThrownBy(() -> schedule(r -> r.scheduleExpression(expression)))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThatThrownBy(
            () -> schedule(r -> r.automaticallyAfterDays(1L).scheduleExpression("rate(1 day)")))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(days()).isEqualTo(7);
  }

  private void schedule(Consumer<RotationRulesType.Builder> rules) {
    new SecretRotationActions(vault, masters)
        .rotateSecret(r ->
            r.secretId(arn)
                .clientRequestToken("00000004-0000-4000-8000-000000000000")
                .rotateImmediately(false)
                .rotationRules(rules));
  }

  private long days() {
    return descriptions
        .describeSecret(r -> r.secretId(arn))
        .rotationRules()
        .automaticallyAfterDays();
  }

  private Duration untilTheNext() {
    var described = descriptions.describeSecret(r -> r.secretId(arn));
    return Duration.between(described.lastRotatedDate(), described.nextRotationDate());
  }

  private void rotate() {
    rotate(VERSION);
  }

  private void rotate(String version) {
    new SecretRotationActions(vault, masters)
        .rotateSecret(r -> r.secretId(arn).clientRequestToken(version));
  }

  private void isCurrent(Secret password) {
    assertThat(password.reveal()).matches("[!-~&&[^/\"@ ]]{8,41}");
    assertThat(value("AWSCURRENT")).contains(password.reveal().substring(0, 4));
  }

  @Test
  void onlyTheOwnerReadsTheFile() throws Exception {
    try (var files = Files.list(memory.resolve("secrets"))) {
      assertThat(files.map(MasterSecretsTest::permissions).distinct()).containsExactly("rw-------");
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
