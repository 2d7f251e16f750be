package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A golden request to another service than RDS, and the answer to it.
///
/// @param operation what it asks for, where it asks for anything
/// @param body the document, or the name of a fault that has none
record Exchange(String service, Optional<String> operation, int status, String body) {

  private static final Pattern ACTION = Pattern.compile("(^|[&\\s])Action=([A-Za-z0-9]+)");
  private static final Pattern EARLIER = Pattern.compile("\\{([0-9]+):([A-Za-z]+)}");

  /// Those of a case.
  static List<Exchange> of(Path requests) throws IOException {
    var golden = ServiceCase.of(requests);
    var answered =
        Arrays.stream(Files.readString(ServiceCase.answers(requests)).split("(?m)^### HTTP "))
            .filter(each -> !each.isBlank())
            .toList();
    assertThat(answered).hasSameSizeAs(golden.steps());
    var exchanges = new ArrayList<Exchange>();
    for (var index = 0; index < answered.size(); index++) {
      var request = filled(golden.steps().get(index).request(), answered);
      exchanges.add(of(golden.service(), request, answered.get(index)));
    }
    return exchanges;
  }

  private static Exchange of(String service, String request, String answer) {
    var status = Integer.parseInt(answer.substring(0, 3));
    var parts = answer.split("\n\n", 2);
    var body = parts.length < 2 ? "" : parts[1].strip().replaceAll(">\n<", "><");
    return new Exchange(
        service, operation(service, request), status, errorType(parts[0]).orElse(body));
  }

  boolean succeeds() {
    return status < 300;
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

  /// What a form asks for.
  static Optional<String> action(String form) {
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
}
