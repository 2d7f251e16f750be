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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One of the services around RDS, with a memory of its own and with no server behind it, asked
/// with requests as they stand on the wire.
final class PreparedService implements AutoCloseable {

  private static final Pattern EARLIER = Pattern.compile("\\{([0-9]+):([A-Za-z]+)}");
  private static final String ACCOUNT = "000000000000";
  private static final Caller USER = LocalSts.user(ACCOUNT, "ada");

  private final TurnableClock clock = new TurnableClock(Instant.parse("2030-01-31T12:00:00Z"));
  private final List<String> bodies = new ArrayList<>();
  private final Surroundings surroundings;
  private final Service service;

  private PreparedService(Path folder, String name) {
    var options =
        new LocalEngine.Options(
            folder,
            Reach.LOOPBACK,
            new Home("us-west-2", ACCOUNT),
            TestEngine.KEY,
            clock,
            "memory",
            Pace.INSTANT,
            Rules.NONE,
            LocalEngine.Options.MOST_ON_AWS);
    var secrets = new SharedSecrets(options);
    secrets.ownedBy((arn, password, done) -> done.run());
    surroundings =
        new Surroundings(
            options,
            new Keyring(TestEngine.KEY, USER, clock),
            secrets,
            () -> PreparedService::database,
            Set::of);
    service =
        surroundings.services().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /// @param memory below which it gets a folder of its own
  static PreparedService open(Path memory, String name) throws IOException {
    return new PreparedService(Files.createTempDirectory(memory, "case"), name);
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

  /// Does the next step of a case, whose answer later ones can refer to.
  Answer next(ServiceCase.Step step) {
    turn(step.pause());
    var answer = ask(filled(step.request()));
    bodies.add(answer.body());
    return answer;
  }

  void turn(Duration by) {
    clock.turn(by);
  }

  /// @param request a line with method and path, headers, an empty line, the body
  Answer ask(String request) {
    return ScopedValue.where(Caller.CURRENT, USER).call(() -> service.answer(call(request)));
  }

  /// The text with what earlier answers said: `{1:Name}` is what the first one said of `Name`.
  String filled(String text) {
    return EARLIER
        .matcher(text)
        .replaceAll(match -> {
          var name = match.group(2);
          var value =
              Pattern.compile("<" + name + ">([^<]*)<|\"" + name + "\":\"([^\"]*)\"")
                  .matcher(bodies.get(Integer.parseInt(match.group(1)) - 1));
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

  /// Without what is random.
  static String mask(String answers) {
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

  @Override
  public void close() {
    surroundings.close();
  }
}
