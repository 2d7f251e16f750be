package dev.dbartifact.localengine.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.wire.Interference.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

  private static List<Decision> decisions(String rules, String... calls) {
    var parsed = Rules.parse("{\"seed\": 5, \"rules\": [" + rules.replace('\'', '"') + "]}");
    var counts = Rules.Counts.NONE;
    var all = new ArrayList<Decision>();
    for (var call : calls) {
      var parts = (call + " ").split("[: ]", -1);
      var judgement = parsed.judge(counts, new Target(parts[0], parts[1], parts[2]));
      counts = judgement.counts();
      all.add(judgement.decision());
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
                "{'action': 'rds:Describe*', 'resource': 'dev-*', 'fault': {'code': 'X'}}",
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
                "{'action': 'rds:CreateDBCluster', 'calls': [2, 3], 'fault': {'code': 'X'}}",
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
                "{'action': 'rds:DeleteDBCluster', 'first': 2, 'fault': {'code': 'X'}}",
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
                    + " {'action': 'rds:*', 'latencyMillis': 20, 'fault': {'code': 'X'}}",
                "rds:DescribeDBClusters"))
        .containsExactly(new Decision(Duration.ofMillis(120), null, "before", null));
  }

  @Test
  void aFaultKnowsItsUsualStatusAndMessage() {
    assertThat(new Fault("Throttling", null, null))
        .isEqualTo(new Fault("Throttling", 400, "Rate exceeded"));
    assertThat(new Fault("DBClusterNotFoundFault", null, null).status()).isEqualTo(404);
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

  @Test
  void theExampleInTheDocumentationIsUnderstood() throws Exception {
    var document = Files.readString(Path.of("../docs/local-engine.md"));
    var example = document.split("<!-- rules -->\n```json\n")[1].split("```")[0];
    var rules = Rules.parse(example);
    assertThat(rules.rules()).hasSize(9);
    assertThat(Rules.parse(rules.json())).isEqualTo(rules);
  }
}
