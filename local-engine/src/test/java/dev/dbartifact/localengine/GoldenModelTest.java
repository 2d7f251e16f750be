package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.ApiModel.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  private static final ApiModel.Shape NOTHING = new ApiModel.Scalar("null");
  private static final String NO_NAME_SERVERS = " lacks DelegationSet";

  @TestFactory
  Stream<DynamicTest> rds() throws IOException {
    return ServiceCase.files(RDS, ".response.xml").stream()
        .map(
            file -> DynamicTest.dynamicTest(RDS.relativize(file).toString(), () -> checkRds(file)));
  }

  @TestFactory
  Stream<DynamicTest> services() throws IOException {
    return others()
        .map(file ->
            DynamicTest.dynamicTest(
                ServiceCase.CASES.relativize(file).toString(), () -> checkOther(file)));
  }

  private static Stream<Path> others() throws IOException {
    return ServiceCase.files(ServiceCase.CASES, ".requests").stream();
  }

  private static void checkRds(Path answer) throws IOException {
    var form =
        PreparedRds.steps(
                Files.readString(Path.of(answer.toString().replace(".response.xml", ".request"))))
            .getLast();
    var lines = Files.readString(answer).split("\n", 2);
    var status = Integer.parseInt(lines[0].replaceAll("[^0-9]", ""));
    var document = lines[1].replaceAll(">\n<", "><");
    assertThat(problems("rds", Exchange.action(form), status, document)).isEmpty();
  }

  private static void checkOther(Path requests) throws IOException {
    assertThat(
            Exchange.of(requests).stream()
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
    for (var requests : others().toList()) {
      Exchange.of(requests).stream()
          .filter(Exchange::succeeds)
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
