package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.wire.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Requests to the services around RDS as they stand on the wire, and the answers to them, found by
/// folder: `services/<service>/<case>.requests` and `<case>.answers`. A case is several requests to
/// a fresh engine, between lines of `###`: a line with method and path, headers, an empty line, the
/// body. `### 40s` turns the clock before the next one, and `{1:Name}` stands for what the first
/// answer said of `Name`. What is random is masked. `-Dgolden.update=true` rewrites the answers.
class GoldenServicesTest {

  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TempDir Path memory;

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    return ServiceCase.files(ServiceCase.CASES, ".requests").stream()
        .map(file ->
            DynamicTest.dynamicTest(
                ServiceCase.CASES.relativize(file).toString(), () -> check(file)));
  }

  private void check(Path requests) throws Exception {
    var expected = ServiceCase.answers(requests);
    var answers = PreparedService.mask(answers(ServiceCase.of(requests)));
    if (UPDATE) {
      Files.writeString(expected, answers);
    }
    assertThat(answers).isEqualTo(Files.readString(expected));
  }

  private String answers(ServiceCase golden) throws IOException {
    try (var service = PreparedService.open(memory, golden.service())) {
      return golden.steps().stream()
          .map(step -> shown(service.next(step)))
          .collect(Collectors.joining());
    }
  }

  private static String shown(Answer answer) {
    var headers =
        answer.headers().entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return "### HTTP %d\nContent-Type: %s\n%s\n%s\n\n"
        .formatted(
            answer.status(), answer.contentType(), headers, answer.body().replace("><", ">\n<"));
  }
}
