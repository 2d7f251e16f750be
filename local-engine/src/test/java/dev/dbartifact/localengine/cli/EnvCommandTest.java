package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.StatusService.Report;
import dev.dbartifact.localengine.StatusService.Settings;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shell that evaluates what `env` prints.
class EnvCommandTest {

  /// The variable's part that names a service, by the name that its requests are signed for.
  private static final Map<String, String> SERVICES =
      Map.of(
          "rds", "RDS",
          "rds-data", "RDS_DATA",
          "secretsmanager", "SECRETS_MANAGER",
          "route53", "ROUTE_53",
          "ec2", "EC2",
          "sts", "STS",
          "iam", "IAM");

  @TempDir Path root;

  private final AccessKey key = AccessKey.generate();

  /// What it has in its environment afterwards.
  private Map<String, String> evaluated(Map<String, String> before) throws Exception {
    var engine =
        new RunningEngine(
            URI.create("http://127.0.0.1:9432"),
            "eu-west-1",
            key,
            new Report(1, "btrfs", new Settings("127.77.0.0/16", "instant", 20, null), List.of()));
    var script = EnvCommand.script(engine, new EngineDirectory(root));
    var shell = new ProcessBuilder("sh", "-euc", "eval \"$1\"\nenv", "sh", script);
    shell.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    shell.environment().putAll(before);
    var process = shell.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed
        .lines()
        .filter(line -> line.startsWith("AWS_"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static Map<String, String> endpoints(List<String> services) {
    return services.stream()
        .collect(
            Collectors.toMap(
                service -> "AWS_ENDPOINT_URL_" + SERVICES.get(service),
                service -> "http://localhost:4566"));
  }

  @Test
  void leadsToTheEngineOnly() throws Exception {
    var services = LocalEngine.offers().stream().map(ServiceOffer::service).toList();
    var before = new HashMap<>(endpoints(services));
    before.put("AWS_ENDPOINT_URL", "http://localhost:4566");
    before.put("AWS_PROFILE", "prod");
    before.put("AWS_DEFAULT_PROFILE", "prod");
    before.put("AWS_SESSION_TOKEN", "theirs");
    before.put("AWS_SECURITY_TOKEN", "theirs");
    before.put("AWS_CREDENTIAL_EXPIRATION", "2030-01-31T12:00:00+00:00");
    before.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    before.put("AWS_USE_FIPS_ENDPOINT", "true");
    before.put("AWS_USE_DUALSTACK_ENDPOINT", "true");

    assertThat(evaluated(before))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:9432",
                "AWS_REGION", "eu-west-1",
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", key.id(),
                "AWS_SECRET_ACCESS_KEY", key.secret(),
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false",
                "AWS_USE_FIPS_ENDPOINT", "false",
                "AWS_USE_DUALSTACK_ENDPOINT", "false"));
  }

  /// Such as the one where Terraform keeps its state.
  @Test
  void servicesThatTheEngineHasNotStayWhereTheyAre() throws Exception {
    assertThat(evaluated(Map.of("AWS_ENDPOINT_URL_S3", "http://localhost:9000")))
        .containsEntry("AWS_ENDPOINT_URL_S3", "http://localhost:9000");
  }
}
