package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.Keyring;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rdsdata.Databases;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Caller;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final Path CASES = Path.of("src/test/resources/services");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final Pattern EARLIER = Pattern.compile("\\{([0-9]+):([A-Za-z]+)}");

  @TempDir Path memory;

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    try (var files = Files.walk(CASES)) {
      return files
          .filter(file -> file.toString().endsWith(".requests"))
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(CASES.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private void check(Path requests) throws Exception {
    var name = requests.getFileName().toString().replace(".requests", ".answers");
    var expected = requests.resolveSibling(name);
    var service = requests.getParent().getFileName().toString();
    var answers = mask(answers(service, Files.readString(requests)));
    if (UPDATE) {
      Files.writeString(expected, answers);
    }
    assertThat(answers).isEqualTo(Files.readString(expected));
  }

  private String answers(String name, String requests) throws IOException {
    var clock = new TurnableClock(Instant.parse("2030-01-31T12:00:00Z"));
    var service = service(name, clock);
    var bodies = new HashMap<Integer, String>();
    var all = new StringBuilder();
    for (var request : requests.split("(?m)^###")) {
      var lines = request.split("\n", 2);
      if (lines[0].strip().endsWith("s")) {
        clock.turn(Duration.parse("PT" + lines[0].strip()));
      }
      var answer =
          ScopedValue.where(Caller.CURRENT, LocalSts.user("000000000000", "ada"))
              .call(() -> service.answer(call(filled(lines[1], bodies))));
      bodies.put(bodies.size() + 1, answer.body());
      all.append(shown(answer));
    }
    return all.toString();
  }

  private Service service(String name, Clock clock) throws IOException {
    var folder = Files.createTempDirectory(memory, "case");
    var options =
        new LocalEngine.Options(
            folder,
            Reach.LOOPBACK,
            new Home("us-west-2", "000000000000"),
            TestEngine.KEY,
            clock,
            "memory",
            Pace.INSTANT,
            Rules.NONE,
            LocalEngine.Options.MOST_ON_AWS);
    var user = LocalSts.user("000000000000", "ada");
    var secrets = new SharedSecrets(options);
    secrets.ownedBy((arn, password, done) -> done.run());
    return new Surroundings(
            options,
            new Keyring(TestEngine.KEY, user, clock),
            secrets,
            () -> GoldenServicesTest::database,
            Set::of)
        .services().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /// A cluster that has no server, in the state that its name says.
  private static Optional<Databases.Database> database(String arn) {
    var name = arn.substring(arn.lastIndexOf(':') + 1);
    return name.equals("nowhere")
        ? Optional.empty()
        : Optional.of(
            new Databases.Database(
                arn,
                ServerKind.POSTGRESQL,
                name.equals("starting") || name.equals("stopped") ? name : "available",
                !name.equals("endpoint-off"),
                !name.equals("without-instance"),
                "127.0.0.1",
                1,
                "postgres"));
  }

  private static String filled(String request, Map<Integer, String> bodies) {
    return EARLIER
        .matcher(request)
        .replaceAll(match -> {
          var name = match.group(2);
          var value =
              Pattern.compile("<" + name + ">([^<]*)<|\"" + name + "\":\"([^\"]*)\"")
                  .matcher(bodies.get(Integer.valueOf(match.group(1))));
          assertThat(value.find()).as(match.group()).isTrue();
          return value.group(1) == null ? value.group(2) : value.group(1);
        });
  }

  private static Call call(String request) {
    var parts = request.strip().split("\n\n", 2);
    var head = parts[0].split("\n");
    var headers =
        Arrays.stream(head)
            .skip(1)
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
    var body = parts.length == 2 ? parts[1].strip() : "";
    return new Call(
        head[0].split(" ")[0],
        URI.create(head[0].split(" ")[1]),
        headers,
        body.getBytes(StandardCharsets.UTF_8));
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

  private static String mask(String answers) {
    return answers
        .replaceAll("<(RequestI[dD]|requestId|RequestID)>[^<]+", "<$1>REQUEST-ID")
        .replaceAll("(:secret:[^\"]+?)-[A-Za-z0-9]{6}([\".])", "$1-SUFFIX$2")
        .replaceAll("\"NextToken\":\"[^\"]+", "\"NextToken\":\"TOKEN")
        .replaceAll("LSIA[A-Z2-7]{16}", "LSIA-KEY")
        .replaceAll("<(SecretAccessKey|SessionToken)>[^<]+", "<$1>SECRET")
        .replaceAll("\\bZ[A-Z0-9]{20}\\b", "ZONE-ID")
        .replaceAll("\\bC[A-Z0-9]{20}\\b", "CHANGE-ID")
        .replaceAll("sg-[0-9a-f]{17}", "sg-ID")
        .replaceAll("sgr-[0-9a-f]{17}", "sgr-ID")
        .replaceAll("ns-[0-9]+\\.awsdns-[0-9]+", "ns-N.awsdns-N");
  }
}
