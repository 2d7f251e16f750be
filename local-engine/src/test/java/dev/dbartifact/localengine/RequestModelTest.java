package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import dev.dbartifact.localengine.PreparedRds.Answered;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private static final Path CASES = Path.of("src/test/resources/http");
  private static final Path MODEL = Path.of("src/test/resources/model");
  private static final String PLAIN_INSTANCE = "/plain-instance";
  private static final String MANAGED = "password=[^ ,]{32}(?=,)";
  private static final Pattern ARN = Pattern.compile(">(arn:aws:rds:[^<]+)<");
  private static final List<String> WORLD =
      List.of(
          "DescribeDBClusters",
          "DescribeDBInstances",
          "DescribeDBClusterSnapshots",
          "DescribeDBSnapshots",
          "DescribeDBClusterEndpoints",
          "DescribeDBSubnetGroups",
          "DescribeDBClusterParameterGroups",
          "DescribeDBParameterGroups",
          "DescribeOptionGroups",
          "DescribeEventSubscriptions",
          "DescribeCertificates",
          "DescribeDBClusterParameters&Source=user&DBClusterParameterGroupName=mine",
          "DescribeDBParameters&Source=user&DBParameterGroupName=mine");

  private final ApiModel model = ApiModel.of("rds");
  private final Properties samples = properties("samples.properties");
  private final Properties plainCases = properties("plain-cases.properties");
  private final Properties withoutEffect = properties("without-effect.properties");

  @TempDir Path memory;

  private final ServiceOffer offer = offer();
  private final List<PreparedRds> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PreparedRds::close);
  }

  @TestFactory
  Stream<DynamicNode> members() {
    return actions()
        .flatMap(action -> Stream.of(action, action + PLAIN_INSTANCE))
        .filter(name -> !name.endsWith(PLAIN_INSTANCE) || Files.exists(request(name)))
        .map(name -> DynamicContainer.dynamicContainer(name, tests(name)));
  }

  private static Path request(String name) {
    return CASES.resolve(name + ".request");
  }

  private Stream<DynamicTest> tests(String name) {
    var plain = new Plain(name);
    if (!(model.operation(plain.action).orElseThrow().input() instanceof Structure input)) {
      return Stream.of();
    }
    var once = DynamicTest.dynamicTest("is the same when asked again", () -> checkSameAgain(plain));
    var members = members(plain, input);
    return plain.action.matches("(Describe|List).*")
        ? members
        : Stream.concat(Stream.of(once), members);
  }

  /// Else any member would seem to show.
  private void checkSameAgain(Plain plain) throws Exception {
    var again = askFresh(plain, parameters(plain.steps.getLast()));
    assertThat(again.masked()).isEqualTo(plain.seen().masked());
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
          var parts = name.replace(PLAIN_INSTANCE, "").split("\\.");
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

  private Stream<String> actions() {
    return offer.actions().keySet().stream();
  }

  /// What an action does without the member under test; asked once for all of them.
  private final class Plain {
    private final String name;
    private final String action;
    private final List<String> steps;
    private Seen seen;
    private PreparedRds untouched;

    /// @param name of the action, or of the action and the case
    Plain(String name) {
      this.name = name;
      this.action = name.replace(PLAIN_INSTANCE, "");
      this.steps = name.equals(action) ? plainCase(action) : RequestModelTest.steps(request(name));
    }

    Seen seen() throws Exception {
      if (seen == null) {
        seen = askFresh(this, parameters(steps.getLast()));
      }
      return seen;
    }

    /// One that only refuses or describes serves many.
    PreparedRds untouched() throws Exception {
      if (untouched == null) {
        untouched = fresh(steps);
        opened.add(untouched);
      }
      return untouched;
    }
  }

  /// What was answered, and what was there afterwards.
  ///
  /// @param masked both, without what is random
  private record Seen(Answered answer, String world, String masked) {
    static Seen of(Answered answer, String world) {
      return new Seen(answer, world, PreparedRds.mask(answer.status() + answer.body() + world));
    }
  }

  private void checkRequired(Plain plain, String member) throws Exception {
    var parameters = without(parameters(plain.steps.getLast()), member);
    var answer = plain.untouched().post(form(parameters));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .containsPattern("<Code>(MissingParameter|ValidationError|InvalidParameterCombination)<")
        .contains(member);
  }

  private void checkMember(Plain plain, String member, Shape shape) throws Exception {
    var sample = new LinkedHashMap<String, String>();
    sample(plain, member, shape, sample);
    var parameters = without(parameters(plain.steps.getLast()), member);
    parameters.putAll(sample);
    if (!List.of(offer.actions().get(plain.action).value()).contains(member)) {
      checkRefused(member, plain.untouched().post(form(parameters)));
    } else if (plain.action.matches("(Describe|List).*")) {
      checkHonoured(plain, member, sample, ask(plain.untouched(), parameters));
    } else {
      checkHonoured(plain, member, sample, askFresh(plain, parameters));
    }
  }

  private static void checkRefused(String member, Answered answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("<Code>InvalidParameterCombination<")
        .contains("does not support the parameter " + member + " of ");
  }

  private void checkHonoured(Plain plain, String member, Map<String, String> sample, Seen seen)
      throws Exception {
    assertThat(seen.answer().body()).doesNotContain("does not support the parameter");
    var exception = withoutEffect.getProperty(plain.name + "." + member);
    var same =
        seen.masked().equals(plain.seen().masked())
            && !showsMore(sample, seen.world() + seen.answer(), plain.seen());
    if (exception != null) {
      assertThat(same).as("has no effect: " + exception).isTrue();
    } else if (seen.answer().status() >= 300) {
      var words =
          Stream.concat(Stream.of(member), sample.values().stream())
              .map(Pattern::quote)
              .collect(Collectors.joining("|", "(?is).*(", ").*"));
      assertThat(seen.answer().body()).as("the fault tells of " + sample).matches(words);
    } else {
      assertThat(same).as("%s leaves no trace, nor is it refused", sample).isFalse();
    }
  }

  /// Of what is masked.
  private static boolean showsMore(Map<String, String> sample, String now, Seen plain) {
    return sample.values().stream()
        .anyMatch(value ->
            now.contains(">" + value + "<")
                && !(plain.world() + plain.answer()).contains(">" + value + "<"));
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

  private Seen askFresh(Plain plain, Map<String, String> parameters) throws Exception {
    try (var rds = fresh(plain.steps)) {
      return ask(rds, parameters);
    }
  }

  private static Seen ask(PreparedRds rds, Map<String, String> parameters) {
    var answer = rds.post(form(parameters));
    rds.awaitRest();
    return Seen.of(answer, world(rds));
  }

  private static String world(PreparedRds rds) {
    var world = new StringBuilder();
    for (var each : WORLD) {
      world.append(rds.post("Action=" + each).body()).append('\n');
    }
    ARN.matcher(world.toString())
        .results()
        .map(match -> rds.post("Action=ListTagsForResource&ResourceName=" + match.group(1)).body())
        .forEach(world::append);
    append(rds.host.volumes.values().stream(), world);
    append(rds.host.parameters.values().stream().map(TreeMap::new), world);
    return world.toString();
  }

  /// In an order that nothing random decides.
  private static void append(Stream<?> values, StringBuilder world) {
    values
        .map(each -> PreparedRds.mask(each.toString()).replaceAll(MANAGED, "password=MANAGED"))
        .sorted()
        .forEach(world::append);
  }

  private List<String> plainCase(String action) {
    var named = plainCases.getProperty(action);
    return steps(named == null ? onlyCase(action) : request(action + "/" + named));
  }

  private static Path onlyCase(String action) {
    try (var files = Files.list(CASES.resolve(action))) {
      var cases =
          files
              .filter(file -> file.toString().endsWith(".request"))
              .filter(file -> !file.getFileName().toString().startsWith("plain-"))
              .collect(Collectors.partitioningBy(RequestModelTest::succeeds));
      var eligible = cases.get(!cases.get(true).isEmpty());
      assertThat(eligible)
          .as("plain-cases.properties names the plain one of the cases of %s", action)
          .hasSize(1);
      return eligible.getFirst();
    } catch (IOException e) {
      throw new AssertionError(action + " has no golden case", e);
    }
  }

  private static List<String> steps(Path request) {
    try {
      return PreparedRds.steps(Files.readString(request));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean succeeds(Path request) {
    var answer = Path.of(request.toString().replace(".request", ".response.xml"));
    try {
      return Files.readString(answer).startsWith("<!-- HTTP 200 -->");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void sample(Plain plain, String path, Shape shape, Map<String, String> into) {
    switch (shape) {
      case Structure structure ->
          structure.members().forEach((name, of) -> sample(plain, path + "." + name, of, into));
      case Items list when list.item() == null -> sample(plain, path + ".1", list.of(), into);
      case Items list -> sample(plain, path + "." + list.item() + ".1", list.of(), into);
      case ApiModel.Entries _ -> {}
      case ApiModel.Scalar scalar -> {
        var name = path.replaceAll("\\.[A-Za-z]+\\.1", "");
        var value =
            Stream.of(plain.name + "." + name, plain.action + "." + name, name, scalar.type())
                .map(samples::getProperty)
                .filter(each -> each != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of a " + scalar.type()));
        if (!value.equals("(none)")) {
          into.put(path, value);
        }
      }
    }
  }

  private static Map<String, String> parameters(String form) {
    var parameters = new LinkedHashMap<String, String>();
    Arrays.stream(form.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return parameters;
  }

  private static Map<String, String> without(Map<String, String> parameters, String member) {
    parameters.keySet().removeIf(name -> name.equals(member) || name.startsWith(member + "."));
    return parameters;
  }

  private static String form(Map<String, String> parameters) {
    var pairs = new ArrayList<String>();
    parameters.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return String.join("&", pairs);
  }

  private static Properties properties(String name) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(MODEL.resolve(name))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return properties;
  }
}
