package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import dev.dbartifact.localengine.ServiceBases.Base;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What [RequestModelTest] does for RDS, for the services around it: for each action that the
/// engine offers, each input member of AWS's model shows in the answer or in what is there
/// afterwards, or it is refused by name. One that is required is asked for by name, unless it
/// stands in the path.
///
/// A golden request is asked as it is, and with the member; [ServiceBases] says which one. What is
/// sent stands in `model/service-samples.properties`, by `service.Action.Member`, `service.Member`
/// or its type; a member that can have no effect, with the reason, in
/// `model/service-without-effect.properties`. What members do of an action that has no golden
/// request that succeeds, others test: RDS Data needs a server, and rotation a secret of RDS.
class ServiceModelTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What refusals call members, where they do not name them.
  private static final Map<String, String> WORDS =
      Map.of(
          "ExcludeNumbers", "all are excluded",
          "SecretBinary", "binary secret value",
          "SecretId", "the specified secret",
          "SecretString", "string secret value");

  /// The codes of refusals, as each service calls them.
  ///
  /// @param missing of a request without a member that is required
  /// @param unsupported of one with a member that the engine does not take
  private record Codes(String missing, String unsupported) {}

  private static final Map<String, Codes> CODES =
      Map.of(
          "ec2", new Codes("MissingParameter", "UnknownParameter"),
          "iam", new Codes("ValidationError", "InvalidParameterCombination"),
          "rds-data", new Codes("BadRequestException", "ValidationException"),
          "route53", new Codes("InvalidInput", "InvalidInput"),
          "secretsmanager", new Codes("ValidationException", "InvalidParameterException"),
          "sts", new Codes("ValidationError", "InvalidParameterCombination"));

  private final ServiceBases bases = new ServiceBases();
  private final ModelSamples samples = new ModelSamples("service-samples.properties");
  private final Properties withoutEffect =
      ModelSamples.properties("service-without-effect.properties");

  private final Map<Base, Seen> plain = new HashMap<>();

  @TempDir Path memory;

  @TestFactory
  Stream<DynamicNode> members() {
    return offers()
        .flatMap(offer -> offer.actions().keySet().stream().map(action -> new Tried(offer, action)))
        .map(tried -> DynamicContainer.dynamicContainer(tried.name(), tests(tried)));
  }

  private Stream<DynamicTest> tests(Tried tried) {
    var once = test("is the same when asked again", () -> checkSameAgain(tried));
    var required =
        tried.required().map(each -> test(each + " is required", () -> checkRequired(tried, each)));
    var members =
        tried.members().entrySet().stream()
            .filter(each -> tried.isTried(each.getKey(), bases))
            .map(each ->
                test(each.getKey(), () -> checkMember(tried, each.getKey(), each.getValue())));
    return Stream.of(Stream.of(once), required, members).flatMap(tests -> tests);
  }

  private static DynamicTest test(String name, org.junit.jupiter.api.function.Executable check) {
    return DynamicTest.dynamicTest(name, check);
  }

  @Test
  void everythingThatIsHonouredIsInTheModel() {
    offers()
        .forEach(offer ->
            offer
                .actions()
                .forEach((action, honours) ->
                    assertThat(List.of(honours.value()))
                        .as(action)
                        .isSubsetOf(new Tried(offer, action).members().keySet())));
  }

  @Test
  void everyExceptionIsOfAMemberThatTheActionTakes() {
    var honoured =
        offers()
            .flatMap(offer ->
                offer.actions().entrySet().stream()
                    .flatMap(action ->
                        Stream.of(action.getValue().value())
                            .map(member ->
                                "%s.%s.%s".formatted(offer.service(), action.getKey(), member))))
            .toList();
    assertThat(withoutEffect.stringPropertyNames()).isSubsetOf(honoured);
    assertThat(withoutEffect.values()).noneMatch(reason -> reason.toString().isBlank());
  }

  private static Stream<ServiceOffer> offers() {
    return LocalEngine.offers().stream().filter(each -> CODES.containsKey(each.service()));
  }

  /// An action whose members are tried.
  private record Tried(ServiceOffer offer, String action) {

    /// Such as `ec2.CreateTags`.
    String name() {
      return offer.service() + "." + action;
    }

    private ApiModel.Operation operation() {
      return ApiModel.of(offer.service()).operation(action).orElseThrow();
    }

    /// By their names on the wire: EC2 takes them with a capital.
    Map<String, Shape> members() {
      var members = new LinkedHashMap<String, Shape>();
      if (operation().input() instanceof Structure input) {
        input.members().forEach((name, shape) -> members.put(wireName(name), shape));
      }
      return members;
    }

    Stream<String> required() {
      return operation().input() instanceof Structure input
          ? input.required().stream()
              .map(this::wireName)
              .filter(name -> !request("").isInPath(name))
          : Stream.of();
    }

    private String wireName(String name) {
      return offer.service().equals("ec2")
          ? Character.toUpperCase(name.charAt(0)) + name.substring(1)
          : name;
    }

    boolean honours(String member) {
      return List.of(offer.actions().get(action).value()).contains(member);
    }

    /// See the class: what it honours is not tried where nothing succeeds.
    boolean isTried(String member, ServiceBases bases) {
      return !honours(member) || bases.of(name(), "").succeeds();
    }

    ServiceRequest request(String text) {
      return ServiceRequest.of(offer.service(), operation().http(), text);
    }

    Codes codes() {
      return CODES.get(offer.service());
    }
  }

  /// What is changed in a golden request.
  private interface Change {
    ServiceRequest in(ServiceRequest request, PreparedService service) throws Exception;
  }

  /// What was answered, and what was there afterwards, without what is random.
  private record Seen(int status, String answer, String world) {}

  private Seen ask(Tried tried, Base base, Change change) throws Exception {
    try (var service = PreparedService.open(memory, tried.offer().service())) {
      var steps = base.steps();
      steps.subList(0, steps.size() - 1).forEach(service::next);
      var last = steps.getLast();
      service.turn(last.pause());
      var request = tried.request(service.filled(last.request()));
      var answer = service.ask(change.in(request, service).toString());
      return new Seen(
          answer.status(),
          PreparedService.mask(answer.status() + " " + answer.headers() + answer.body()),
          ServiceWorld.of(service, tried.offer().service()));
    }
  }

  /// Without the change; asked once for all members.
  private Seen plain(Tried tried, Base base) throws Exception {
    if (!plain.containsKey(base)) {
      plain.put(base, askPlainly(tried, base));
    }
    return plain.get(base);
  }

  private Seen askPlainly(Tried tried, Base base) throws Exception {
    return ask(tried, base, (request, service) -> request);
  }

  /// Else any member would seem to show.
  private void checkSameAgain(Tried tried) throws Exception {
    var base = bases.of(tried.name(), "");
    assertThat(askPlainly(tried, base)).isEqualTo(plain(tried, base));
  }

  private void checkRequired(Tried tried, String member) throws Exception {
    var base = bases.of(tried.name(), "");
    var seen = ask(tried, base, (request, service) -> request.without(member));
    assertThat(seen.status()).as(seen.answer()).isEqualTo(400);
    assertThat(seen.answer())
        .contains(tried.codes().missing())
        // EC2 calls lists sets there: resourceIdSet.
        .containsPattern("(?i)\\b" + member + "(Set)?\\b");
  }

  private void checkMember(Tried tried, String member, Shape shape) throws Exception {
    var scopes = List.of(tried.name(), tried.offer().service());
    var sample = samples.tree(scopes, member, shape).orElseThrow().toString();
    var base = bases.of(tried.name(), member);
    var seen =
        ask(
            tried,
            base,
            (request, service) ->
                request.with(member, JSON.readTree(service.filled(sample)), shape));
    if (tried.honours(member)) {
      checkHonoured(tried, member, sample, seen, plain(tried, base));
    } else {
      checkRefused(tried, member, seen);
    }
  }

  private static void checkRefused(Tried tried, String member, Seen seen) {
    assertThat(seen.status()).as(seen.answer()).isEqualTo(400);
    assertThat(seen.answer())
        .contains(tried.codes().unsupported())
        .containsAnyOf(
            "The local engine does not support the parameter %s of %s."
                .formatted(member, tried.action()),
            "The parameter " + member + " is not recognized");
  }

  private void checkHonoured(Tried tried, String member, String sample, Seen seen, Seen plain) {
    assertThat(seen.answer()).doesNotContain("does not support the parameter", "is not recognized");
    var reason = withoutEffect.getProperty(tried.name() + "." + member);
    if (reason != null) {
      assertThat(seen).as("has no effect: " + reason).isEqualTo(plain);
    } else if (seen.status() >= 300) {
      assertThat(seen.answer())
          .as("the fault tells of " + sample)
          .matches(FaultWords.of(member, WORDS, sample));
    } else {
      assertThat(seen).as("%s leaves no trace, nor is it refused", sample).isNotEqualTo(plain);
    }
  }
}
