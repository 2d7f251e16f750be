package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.ApiModel.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/// The golden answers, each against what the model of AWS says of its operation: nothing but its
/// members, those that it requires, lists with the right items, and only faults that it lists, with
/// their HTTP statuses.
class GoldenModelTest {

  private static final Path RDS = Path.of("src/test/resources/http");
  private static final Path OTHERS = Path.of("src/test/resources/services");
  private static final ApiModel.Shape NOTHING = new ApiModel.Scalar("null");
  private static final String NO_NAME_SERVERS = " lacks DelegationSet";
  private static final Pattern ACTION = Pattern.compile("(^|[&\\s])Action=([A-Za-z0-9]+)");
  private static final Pattern EARLIER = Pattern.compile("\\{([0-9]+):([A-Za-z]+)}");

  @TestFactory
  Stream<DynamicTest> rds() throws IOException {
    return files(RDS, ".response.xml")
        .map(
            file -> DynamicTest.dynamicTest(RDS.relativize(file).toString(), () -> checkRds(file)));
  }

  @TestFactory
  Stream<DynamicTest> services() throws IOException {
    return files(OTHERS, ".answers")
        .map(file ->
            DynamicTest.dynamicTest(OTHERS.relativize(file).toString(), () -> checkOther(file)));
  }

  private static Stream<Path> files(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    }
  }

  private static void checkRds(Path answer) throws IOException {
    var form =
        PreparedRds.steps(
                Files.readString(Path.of(answer.toString().replace(".response.xml", ".request"))))
            .getLast();
    var lines = Files.readString(answer).split("\n", 2);
    var status = Integer.parseInt(lines[0].replaceAll("[^0-9]", ""));
    var document = lines[1].replaceAll(">\n<", "><");
    assertThat(problems("rds", action(form), status, document)).isEmpty();
  }

  /// A request to another service than RDS, and the answer to it.
  ///
  /// @param operation what it asks for, where it asks for anything
  private record Exchange(String service, Optional<String> operation, int status, String body) {}

  private static List<Exchange> exchanges(Path answers) throws IOException {
    var service = answers.getParent().getFileName().toString();
    var requests =
        Files.readString(Path.of(answers.toString().replace(".answers", ".requests")))
            .split("(?m)^###");
    var answered =
        Arrays.stream(Files.readString(answers).split("(?m)^### HTTP "))
            .filter(each -> !each.isBlank())
            .toList();
    assertThat(answered).hasSameSizeAs(requests);
    var exchanges = new ArrayList<Exchange>();
    for (var index = 0; index < requests.length; index++) {
      var request = filled(requests[index].split("\n", 2)[1].strip(), answered);
      var status = Integer.parseInt(answered.get(index).substring(0, 3));
      var parts = answered.get(index).split("\n\n", 2);
      var body = parts.length < 2 ? "" : parts[1].strip().replaceAll(">\n<", "><");
      exchanges.add(
          new Exchange(
              service, operation(service, request), status, errorType(parts[0]).orElse(body)));
    }
    return exchanges;
  }

  private static void checkOther(Path answers) throws IOException {
    assertThat(
            exchanges(answers).stream()
                .flatMap(each ->
                    problems(each.service(), each.operation(), each.status(), each.body())
                        .stream()))
        .isEmpty();
  }

  /// But for those that need a server, which `RdsDataIT` asks, and the rotation of passwords that
  /// RDS manages, which `ResetAndRotationTest` does.
  @Test
  void everyActionOutsideOfRdsHasAGoldenAnswerThatSucceeds() throws IOException {
    var succeeded = new TreeSet<String>();
    for (var answers : files(OTHERS, ".answers").toList()) {
      exchanges(answers).stream()
          .filter(each -> each.status() < 300)
          .forEach(each ->
              each.operation().ifPresent(name -> succeeded.add(each.service() + ":" + name)));
    }
    var offered =
        LocalEngine.offers().stream()
            .filter(offer -> !Set.of("rds", "rds-data").contains(offer.service()))
            .flatMap(offer ->
                offer.actions().keySet().stream().map(name -> offer.service() + ":" + name));
    assertThat(offered.filter(action -> !succeeded.contains(action)))
        .containsExactly("secretsmanager:RotateSecret");
  }

  /// Earlier answers stand in for their names.
  private static String filled(String request, List<String> answers) {
    return EARLIER
        .matcher(request)
        .replaceAll(match -> {
          var answer = answers.get(Integer.parseInt(match.group(1)) - 1);
          var value = Pattern.compile("<" + match.group(2) + ">([^<]*)<").matcher(answer);
          return value.find() ? value.group(1) : "earlier";
        });
  }

  /// REST-JSON names its faults in a header.
  private static Optional<String> errorType(String head) {
    return Pattern.compile("(?i)x-amzn-errortype: (\\w+)")
        .matcher(head)
        .results()
        .map(match -> match.group(1))
        .findFirst();
  }

  private static Optional<String> action(String form) {
    var action = ACTION.matcher(form);
    return action.find() ? Optional.of(action.group(2)) : Optional.empty();
  }

  /// What a request asks for, by the form of the service's protocol.
  private static Optional<String> operation(String service, String request) {
    var head = request.split("\n")[0];
    return switch (service) {
      case "secretsmanager" ->
          Pattern.compile("secretsmanager\\.([A-Za-z]+)")
              .matcher(request)
              .results()
              .map(match -> match.group(1))
              .findFirst();
      case "rds-data", "route53" -> {
        var model = ApiModel.of(service);
        yield model.operations().stream()
            .filter(name -> head.matches(pattern(model.operation(name).orElseThrow().http())))
            .findFirst();
      }
      default -> action(request);
    };
  }

  private static String pattern(String http) {
    return http.replaceAll("\\?.*", "")
            .replaceAll("/$", "")
            .replaceAll("\\{[A-Za-z]+\\+?}", "[^/?]+")
        + "/?(\\?.*)?";
  }

  private static List<String> problems(
      String service, Optional<String> name, int status, String body) {
    var model = ApiModel.of(service);
    var operation = name.flatMap(model::operation);
    if (status >= 300) {
      return unknownFault(service, name.orElse("?"), operation, status, body);
    }
    if (operation.isEmpty()) {
      return List.of(name + " is answered, and the model does not know it");
    }
    var output = operation.get().output();
    if (body.isBlank()) {
      return List.of();
    }
    if (!body.startsWith("<")) {
      try {
        return ModelAnswer.problems(new ObjectMapper().readTree(body), output);
      } catch (IOException e) {
        return List.of("not JSON: " + body);
      }
    }
    return document(service, name.orElseThrow(), body, output);
  }

  private static List<String> document(
      String service, String action, String body, ApiModel.Shape output) {
    var root = ModelAnswer.parse(body);
    var problems = new ArrayList<String>();
    switch (service) {
      case "route53" -> {
        if (output instanceof ApiModel.Structure(var shape, _, _)
            && !root.getTagName().equals(shape)) {
          problems.add("the document is called " + root.getTagName());
        }
        ModelAnswer.problems(root, output).stream()
            .filter(problem -> !problem.endsWith(NO_NAME_SERVERS) || !isPrivate(root))
            .forEach(problems::add);
      }
      case "ec2" ->
          ModelAnswer.problems(root, output).stream()
              .filter(problem -> !problem.endsWith(" has no requestId"))
              .filter(problem -> !problem.endsWith(" has no return"))
              .filter(problem -> !NOTHING.equals(output) || !saysOnlyThatItIsDone(root))
              .forEach(problems::add);
      default -> {
        if (!root.getTagName().equals(action + "Response")) {
          problems.add("the document is called " + root.getTagName());
        }
        if (output instanceof ApiModel.Structure
            && ModelAnswer.children(root).stream()
                .noneMatch(child -> child.getTagName().equals(action + "Result"))) {
          problems.add("the document has no " + action + "Result");
        }
        for (var child : ModelAnswer.children(root)) {
          if (child.getTagName().equals(action + "Result")) {
            problems.addAll(ModelAnswer.problems(child, output));
          } else if (!child.getTagName().equals("ResponseMetadata")) {
            problems.add("the document has a " + child.getTagName());
          }
        }
      }
    }
    return problems;
  }

  /// A private zone has no name servers, though the model requires them.
  private static boolean isPrivate(Element root) {
    return root.getElementsByTagName("VPC").getLength() > 0;
  }

  /// EC2 does so where the model has no output.
  private static boolean saysOnlyThatItIsDone(Element root) {
    return ModelAnswer.children(root).stream()
        .map(Element::getTagName)
        .allMatch(name -> name.equals("requestId") || name.equals("return"));
  }

  private static List<String> unknownFault(
      String service, String action, Optional<Operation> operation, int status, String body) {
    if (service.equals("ec2")) {
      // Its model lists no faults.
      return List.of();
    }
    var code = code(body);
    var listed = operation.map(each -> each.faults().get(code)).orElse(null);
    var known = listed != null ? listed : CommonFaults.of(service).get(code);
    if (known == null) {
      return List.of("%s may not answer %s".formatted(action, code));
    }
    return known == status
        ? List.of()
        : List.of("%s answers %s with %d, not %d".formatted(action, code, status, known));
  }

  private static String code(String body) {
    if (!body.startsWith("<")) {
      // A name alone, or a document.
      return body.replaceAll("(?s).*\"__type\":\"([^\"]+)\".*", "$1");
    }
    var root = ModelAnswer.parse(body);
    var codes = root.getElementsByTagName("Code");
    return codes.getLength() == 0 ? root.getTagName() : ((Element) codes.item(0)).getTextContent();
  }
}
