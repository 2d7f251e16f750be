package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import dev.dbartifact.localengine.PreparedRds.Answered;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// For each action of RDS that the engine offers, each input member that the model of AWS has: it
/// shows in the answer or in what is there afterwards, or it is refused by name; none is silently
/// ignored. One that is required is asked for by name.
///
/// One golden case of an action that succeeds (where none does, one that does not) is asked once as
/// it is, and once with the member; so is the case `plain-instance` where there is one, since plain
/// instances and those of clusters take different members. `model/plain-cases.properties` names the
/// case where there are several. What is sent for a member stands in `model/samples.properties`, by
/// `Action.Member`, `Member` or its type; a member that can have no effect, with the reason, in
/// `model/without-effect.properties`.
class RequestModelTest {

  private static final String READING = "(Describe|List).*";

  /// What refusals of AWS call members, where those of members of DB clusters do not name them.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("AllocatedStorage", "Storage grows"),
          Map.entry("BackupRetentionPeriod", "backup retention period"),
          Map.entry("DBPortNumber", "database endpoint port number"),
          Map.entry("DeletionProtection", "deletion protection"),
          Map.entry("EnablePerformanceInsights", "enable Performance Insights"),
          Map.entry("MasterUserPassword", "master user password"),
          Map.entry("MonitoringInterval", "Enhanced Monitoring interval"),
          Map.entry("MonitoringRoleArn", "Enhanced Monitoring"),
          Map.entry("PerformanceInsightsKMSKeyId", "Performance Insights"),
          Map.entry("PerformanceInsightsRetentionPeriod", "Performance Insights"),
          Map.entry("PreferredBackupWindow", "backup window"),
          Map.entry("VpcSecurityGroupIds", "vpc security group"));

  private final ApiModel model = ApiModel.of("rds");
  private final ModelCases cases = new ModelCases();
  private final ModelSamples samples = new ModelSamples("samples.properties");
  private final Properties withoutEffect = ModelSamples.properties("without-effect.properties");

  @TempDir Path memory;

  private final ServiceOffer offer = offer();
  private final List<PreparedRds> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PreparedRds::close);
  }

  @TestFactory
  Stream<DynamicNode> members() {
    return offer.actions().keySet().stream()
        .flatMap(ModelCases::names)
        .map(name -> DynamicContainer.dynamicContainer(name, tests(name)));
  }

  private Stream<DynamicTest> tests(String name) {
    var plain = new Plain(name);
    if (!(model.operation(plain.action).orElseThrow().input() instanceof Structure input)) {
      return Stream.of();
    }
    var once = DynamicTest.dynamicTest("is the same when asked again", () -> checkSameAgain(plain));
    var members = members(plain, input);
    return plain.action.matches(READING) ? members : Stream.concat(Stream.of(once), members);
  }

  /// Else any member would seem to show. The first one is asked where everything has just been
  /// made, the other one where an engine went on: so it is the same there, too.
  private void checkSameAgain(Plain plain) throws Exception {
    var again = plain.ask();
    assertThat(again.answer().masked()).isEqualTo(plain.seen().answer().masked());
    assertThat(again.world().masked()).isEqualTo(plain.seen().world().masked());
  }

  private Stream<DynamicTest> members(Plain plain, Structure input) {
    return Stream.concat(
        input.required().stream()
            .map(each ->
                DynamicTest.dynamicTest(each + " is required", () -> checkRequired(plain, each))),
        input.members().entrySet().stream()
            .map(each ->
                DynamicTest.dynamicTest(
                    each.getKey(), () -> checkMember(plain, each.getKey(), each.getValue()))));
  }

  @Test
  void everyExceptionIsOfAMemberThatTheActionTakes() {
    assertThat(withoutEffect.stringPropertyNames())
        .allSatisfy(name -> {
          var parts = ModelCases.action(name).split("\\.");
          assertThat(offer.actions().get(parts[0]).value()).contains(parts[1]);
          assertThat(withoutEffect.getProperty(name)).isNotBlank();
        });
  }

  private static ServiceOffer offer() {
    return LocalEngine.offers().stream()
        .filter(each -> each.service().equals("rds"))
        .findFirst()
        .orElseThrow();
  }

  /// What an action does without the member under test; asked once for all of them.
  private final class Plain {
    private final String name;
    private final String action;
    private final List<String> steps;
    private Seen seen;
    private PreparedRds untouched;
    private EndedRds ended;

    /// @param name of the action, or of the action and the case
    Plain(String name) {
      this.name = name;
      this.action = ModelCases.action(name);
      this.steps = cases.steps(name);
    }

    Seen seen() throws Exception {
      if (seen == null) {
        seen = ask();
      }
      return seen;
    }

    Seen ask() throws Exception {
      var rds = untouched();
      var answer = rds.post(Forms.of(Forms.parameters(steps.getLast())));
      try {
        return new Seen(Text.of(answer), Text.of(RdsWorld.of(rds)));
      } finally {
        touch(rds, answer);
      }
    }

    /// One that waits for the last step. What is refused, or only describes, leaves it to others.
    /// Those after the first one go on from where that one was then.
    PreparedRds untouched() throws Exception {
      if (untouched == null) {
        untouched = ended == null ? fresh(steps) : ended.goOn();
        opened.add(untouched);
      }
      if (ended == null) {
        ended = untouched.ended();
      }
      return untouched;
    }

    void touch(PreparedRds rds, Answered answer) {
      if (!action.matches(READING) && answer.status() < 300) {
        opened.remove(rds);
        rds.close();
        untouched = null;
      }
    }
  }

  /// @param masked the same without what is random
  private record Text(String text, String masked) {
    static Text of(String text) {
      return new Text(text, PreparedRds.mask(text));
    }

    static Text of(Answered answer) {
      return of(answer.status() + answer.body());
    }
  }

  /// What was answered, and what was there afterwards.
  private record Seen(Text answer, Text world) {

    /// Whether it holds this value of a member, perhaps in what is masked.
    boolean holds(String value) {
      return (answer.text() + world.text()).contains(">" + value + "<");
    }
  }

  private void checkRequired(Plain plain, String member) throws Exception {
    var parameters = Forms.without(Forms.parameters(plain.steps.getLast()), member);
    var answer = plain.untouched().post(Forms.of(parameters));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .containsPattern("<Code>(MissingParameter|ValidationError|InvalidParameterCombination)<")
        .contains(member);
  }

  private void checkMember(Plain plain, String member, Shape shape) throws Exception {
    var sample = samples.of(plain.name, member, shape);
    var parameters = Forms.without(Forms.parameters(plain.steps.getLast()), member);
    parameters.putAll(sample);
    var rds = plain.untouched();
    var answer = rds.post(Forms.of(parameters));
    try {
      if (!List.of(offer.actions().get(plain.action).value()).contains(member)) {
        checkRefused(member, answer);
      } else {
        checkHonoured(plain, member, sample, answer, rds);
      }
    } finally {
      plain.touch(rds, answer);
    }
  }

  private static void checkRefused(String member, Answered answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<Code>InvalidParameterCombination<")
        .contains("does not support the parameter " + member + " of ");
  }

  private void checkHonoured(
      Plain plain, String member, Map<String, String> sample, Answered answer, PreparedRds rds)
      throws Exception {
    assertThat(answer.body()).doesNotContain("does not support the parameter");
    var exception = withoutEffect.getProperty(plain.name + "." + member);
    if (exception != null) {
      assertThat(shows(plain, sample, answer, rds)).as("has no effect: " + exception).isFalse();
    } else if (answer.status() >= 300) {
      assertThat(PreparedRds.mask(answer.body()))
          .as("the fault tells of " + sample)
          .matches(FaultWords.of(member, WORDS, sample.values()));
    } else {
      assertThat(shows(plain, sample, answer, rds))
          .as("%s leaves no trace, nor is it refused", sample)
          .isTrue();
    }
  }

  /// In the answer, or else in what is there afterwards, which takes longer to see.
  private static boolean shows(
      Plain plain, Map<String, String> sample, Answered answer, PreparedRds rds) throws Exception {
    var seen = plain.seen();
    return differs(Text.of(answer), seen.answer(), sample, seen)
        || differs(Text.of(RdsWorld.of(rds)), seen.world(), sample, seen);
  }

  private static boolean differs(Text now, Text before, Map<String, String> sample, Seen plain) {
    return !now.masked().equals(before.masked())
        || sample.values().stream()
            .anyMatch(value -> now.text().contains(">" + value + "<") && !plain.holds(value));
  }

  /// Before the last step.
  private PreparedRds fresh(List<String> steps) throws Exception {
    var rds = PreparedRds.open(memory, steps);
    for (var kind : List.of("DBCluster", "DB")) {
      rds.post(
          "Action=Create%sParameterGroup&%sParameterGroupName=mine&Description=mine&DBParameterGroupFamily=aurora-postgresql17"
              .formatted(kind, kind));
    }
    rds.doAllButTheLast(steps);
    return rds;
  }
}
