package dev.dbartifact.localengine.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.ApiModel;
import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.wire.Interference.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

  private static final Vocabulary VOCABULARY = LocalEngine.vocabulary();

  private static List<Decision> decisions(String rules, String... calls) {
    return decisions(rules, new Counts(), calls);
  }

  private static List<Decision> decisions(String rules, Counts counts, String... calls) {
    var parsed =
        Rules.parse("{\"seed\": 5, \"rules\": [" + rules.replace('\'', '"') + "]}", VOCABULARY);
    var all = new ArrayList<Decision>();
    for (var call : calls) {
      var parts = (call + " ").split("[: ]", -1);
      all.add(parsed.judge(counts, new Target(parts[0], parts[1], parts[2])));
    }
    return all;
  }

  private static List<Boolean> faults(String rules, String... calls) {
    return decisions(rules, calls).stream().map(each -> each.fault() != null).toList();
  }

  @Test
  void withoutRulesNothingHappens() {
    assertThat(decisions("", "rds:CreateDBCluster shop")).containsExactly(Decision.NOTHING);
  }

  @Test
  void actionsAndResourcesAreMatchedWithStars() {
    assertThat(
            faults(
                "{'action': 'rds:Describe*', 'resource': 'dev-*', 'fault': {'code': 'Throttling'}}",
                "rds:DescribeDBClusters dev-1",
                "rds:DescribeDBClusters prod",
                "rds:DeleteDBCluster dev-1",
                "sts:DescribeIt dev-1"))
        .containsExactly(true, false, false, false);
  }

  @Test
  void theNthCallFails() {
    assertThat(
            faults(
                "{'action': 'rds:CreateDBCluster', 'calls': [2, 3], 'fault': {'code': 'Throttling'}}",
                "rds:CreateDBCluster a",
                "rds:CreateDBCluster b",
                "rds:CreateDBCluster b",
                "rds:CreateDBCluster a"))
        .containsExactly(false, true, true, false);
  }

  @Test
  void theFirstCallsForEachResourceFail() {
    assertThat(
            faults(
                "{'action': 'rds:DeleteDBCluster', 'first': 2, 'fault': {'code': 'Throttling'}}",
                "rds:DeleteDBCluster a",
                "rds:DeleteDBCluster b",
                "rds:DeleteDBCluster a",
                "rds:DeleteDBCluster a",
                "rds:DeleteDBCluster b"))
        .containsExactly(true, true, true, false, true);
  }

  @Test
  void afterACreateTheFirstPollsFailAndBeforeItNone() {
    assertThat(
            faults(
                "{'action': 'rds:DescribeDBClusters', 'after': 'rds:CreateDBCluster', 'first': 1,"
                    + " 'fault': {'code': 'DBClusterNotFoundFault'}}",
                "rds:DescribeDBClusters a",
                "rds:CreateDBCluster a",
                "rds:DescribeDBClusters b",
                "rds:DescribeDBClusters a",
                "rds:DescribeDBClusters a"))
        .containsExactly(false, false, false, true, false);
  }

  @Test
  void resourcesAreCountedWhereARuleSaysFirstOnlyAndNotWithoutBound() {
    var calls =
        IntStream.range(0, Counts.MOST_RESOURCES + 5)
            .mapToObj(number -> "rds:DescribeDBClusters shop-" + number)
            .toArray(String[]::new);
    var all = new Counts();
    decisions("{'action': 'rds:*', 'latencyMillis': 1}", all, calls);
    var first = new Counts();
    decisions("{'action': 'rds:*', 'first': 1, 'latencyMillis': 1}", first, calls);

    assertThat(all.resources()).isZero();
    assertThat(first.resources()).isEqualTo(Counts.MOST_RESOURCES);
  }

  @Test
  void aShareOfTheCallsIsTheSameForTheSameSeed() {
    var calls = new String[1000];
    java.util.Arrays.fill(calls, "rds:DescribeDBClusters");
    var rule = "{'action': '*:*', 'share': 0.2, 'fault': {'code': 'Throttling'}}";
    var failed = faults(rule, calls);
    assertThat(failed).isEqualTo(faults(rule, calls));
    assertThat(failed.stream().filter(each -> each).count()).isBetween(150L, 250L);
  }

  @Test
  void latenciesAddUpAndTheFirstEffectWins() {
    assertThat(
            decisions(
                "{'action': 'rds:*', 'latencyMillis': 100}, {'action': 'rds:*', 'drop': 'before'},"
                    + " {'action': 'rds:*', 'latencyMillis': 20, 'fault': {'code': 'Throttling'}}",
                "rds:DescribeDBClusters"))
        .containsExactly(new Decision(Duration.ofMillis(120), null, "before", null));
  }

  @Test
  void aFaultKnowsItsUsualMessage() {
    assertThat(new Fault("Throttling", null, null))
        .isEqualTo(new Fault("Throttling", null, "Rate exceeded"));
  }

  /// The last ones are common to all services, or of none that is known.
  @ParameterizedTest
  @CsvSource({
    "rds, DBClusterNotFoundFault, 404",
    "rds, DBClusterEndpointNotFoundFault, 400",
    "rds, DBClusterQuotaExceededFault, 403",
    "rds, InsufficientDBInstanceCapacity, 400",
    "rds-data, DatabaseUnavailableException, 504",
    "rds-data, ServiceUnavailableError, 503",
    "iam, NoSuchEntity, 404",
    "iam, EntityAlreadyExists, 409",
    "iam, ServiceFailure, 500",
    "route53, NoSuchHostedZone, 404",
    "secretsmanager, ResourceNotFoundException, 400",
    "rds, InternalFailure, 500",
    "rds, ServiceUnavailable, 503",
    "rds, RequestExpired, 400",
    "rds, ThrottlingException, 400",
    "rds-data, ExpiredTokenException, 403",
    "secretsmanager, ExpiredTokenException, 400",
    "ec2, RequestLimitExceeded, 503",
    "ec2, InvalidGroup.NotFound, 400"
  })
  void aFaultHasTheStatusThatItsServiceGivesIt(String service, String code, int status) {
    assertThat(new Fault(code, null, null).thrownBy(service).statusCode()).isEqualTo(status);
  }

  @Test
  void everyFaultOfAnActionHasTheStatusOfTheModel() {
    for (var action : VOCABULARY.actions()) {
      var parts = action.split(":");
      ApiModel.of(parts[0])
          .operation(parts[1])
          .ifPresent(operation ->
              operation
                  .faults()
                  .forEach((code, status) ->
                      assertThat(new Fault(code, null, null).thrownBy(parts[0]).statusCode())
                          .as("%s %s", action, code)
                          .isEqualTo(status)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action': 'DescribeDBClusters', 'drop': 'before'}",
        "{'action': 'rds:*'}",
        "{'action': 'rds:*', 'drop': 'during'}",
        "{'action': 'rds:*', 'drop': 'before', 'endsIn': 'failed'}",
        "{'action': 'rds:*', 'share': 1.5, 'drop': 'before'}",
        "{'action': 'rds:*', 'share': 0.5, 'first': 1, 'drop': 'before'}",
        "{'action': 'rds:*', 'calls': [0], 'drop': 'before'}",
        "{'action': 'rds:*', 'after': 'rds:*', 'drop': 'before'}",
        "{'action': 'sts:*', 'endsIn': 'failed'}",
        "{'action': 'rds:*', 'fault': {'status': 400}}",
        "{'action': 'rds:*', 'colour': 'red'}"
      })
  void whatMakesNoSenseIsRefused(String rule) {
    assertThatThrownBy(() -> decisions(rule)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThatThrownBy(() -> decisions("{'action': 'rds'}, {'action': 'rds:*', 'drop': 'x'}"))
        .hasMessageContaining("rule 1: action must be like")
        .hasMessageContaining("rule 1: one of fault")
        .hasMessageContaining("rule 2: drop must be before or after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'action': 'rds:Nope', 'drop': 'before'} | action rds:Nope is none that the engine offers
          {'action': 'rds:CreateDbCluster', 'drop': 'before'} | the nearest is rds:CreateDBCluster
          {'action': 'rsd:CreateDBCluster', 'drop': 'before'} | the nearest is rds:CreateDBCluster
          {'action': 'rds:*', 'after': 'rds:CreateDBClster', 'first': 1, 'drop': 'before'} | after rds:CreateDBClster
          {'action': 'rds:DeleteDBCluster', 'fault': {'code': 'NotACode'}} | rds:DeleteDBCluster has no fault NotACode
          {'action': 'rds:DeleteDBCluster', 'fault': {'code': 'DBClusterNotFound'}} | the nearest is DBClusterNotFoundFault
          {'action': 'rds:DescribeDBClusters', 'fault': {'code': 'DBInstanceNotFound'}} | the nearest is
          {'action': 'rds:CreateDBCluster', 'endsIn': 'bogus'} | endsIn bogus is no state of AWS
          {'action': 'rds:CreateDBCluster', 'endsIn': 'restored-failed'} | the nearest is restore-failed
          {'action': 'rds:*', 'drop': 'before', 'colour': 'red'} | rules[0].colour is not known
          {'acton': 'rds:*', 'drop': 'before'} | rules[0].acton is not known; the nearest is action (line 1)
          {'action': 'rds:*', 'calls': 'all', 'drop': 'before'} | rules[0].calls has a value of the wrong kind
          {'action': 'rds:*', 'fault': 'Throttling'} | rules[0].fault has a value of the wrong kind
          {'action': nonsense} | Not JSON:
          """)
  void whatNamesNothingIsRefusedWithTheNearestName(String rule, String message) {
    assertThatThrownBy(() -> decisions(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("dev.dbartifact", "java."));
  }

  @Test
  void aFaultFitsWhenOneOfTheActionsHasIt() {
    assertThat(decisions("{'action': 'rds:*', 'fault': {'code': 'DBClusterNotFoundFault'}}"))
        .isEmpty();
    // AWS publishes no faults of EC2.
    assertThat(decisions("{'action': 'ec2:*', 'fault': {'code': 'InvalidGroup.NotFound'}}"))
        .isEmpty();
  }

  /// They come from AWS's models; `-Dgolden.update=true` writes them.
  @Test
  void theFaultsAreThoseOfTheModels() throws Exception {
    var expected =
        VOCABULARY.actions().stream()
            .filter(action -> !action.startsWith("ec2:"))
            .flatMap(action ->
                faults(action)
                    .map(codes -> action.replace(":", "\\:") + "=" + String.join(" ", codes))
                    .stream())
            .toList();
    var file =
        Path.of("src/main/resources/dev/dbartifact/localengine/misbehaviour/faults.properties");
    var text =
        "# The faults of each action that is offered, with their HTTP statuses, from AWS's models.\n"
            + String.join("\n", expected)
            + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  /// Of the larger services, the extract holds a part.
  private static Optional<List<String>> faults(String action) {
    var parts = action.split(":");
    return ApiModel.of(parts[0])
        .operation(parts[1])
        .map(found ->
            found.faults().entrySet().stream()
                .map(fault -> fault.getKey() + "/" + fault.getValue())
                .toList());
  }

  @Test
  void theExampleInTheDocumentationIsUnderstood() throws Exception {
    var document = Files.readString(Path.of("../docs/local-engine.md"));
    var example = document.split("<!-- rules -->\n```json\n")[1].split("```")[0];
    var rules = Rules.parse(example, VOCABULARY);
    assertThat(rules.rules()).hasSize(9);
    assertThat(Rules.parse(rules.json(), VOCABULARY)).isEqualTo(rules);
  }
}
