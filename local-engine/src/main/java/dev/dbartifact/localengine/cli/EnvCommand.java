package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.tls.Authority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// `env`: what a shell must evaluate so that AWS tools talk to the engine, and the converger knows
/// its servers. An engine in a container names a file that this shell's machine has not.
final class EnvCommand {

  /// What would be sent with the keys, or win over them. `AWS_SECURITY_TOKEN` is an older name of
  /// the session's token, which boto3 prefers; `aws configure export-credentials --format env` sets
  /// the expiration, after which boto3 takes any keys for expired.
  private static final List<String> OTHER_KEYS =
      List.of(
          "AWS_SESSION_TOKEN",
          "AWS_SECURITY_TOKEN",
          "AWS_CREDENTIAL_EXPIRATION",
          "AWS_PROFILE",
          "AWS_DEFAULT_PROFILE");

  /// These win over `AWS_ENDPOINT_URL`: "Identifiers for service-specific endpoints" in the AWS
  /// SDKs and Tools Reference Guide. One for each service that the engine has; others stay as they
  /// are.
  private static final List<String> OTHER_ENDPOINTS =
      List.of(
          "AWS_ENDPOINT_URL_RDS",
          "AWS_ENDPOINT_URL_RDS_DATA",
          "AWS_ENDPOINT_URL_SECRETS_MANAGER",
          "AWS_ENDPOINT_URL_ROUTE_53",
          "AWS_ENDPOINT_URL_EC2",
          "AWS_ENDPOINT_URL_STS",
          "AWS_ENDPOINT_URL_IAM");

  /// With the first one no endpoint of ours is used, with the others an SDK refuses to use it. Set
  /// to what they are by default, so that those of a configuration file do not count either.
  private static final List<String> SWITCHES =
      List.of(
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
          "AWS_USE_FIPS_ENDPOINT",
          "AWS_USE_DUALSTACK_ENDPOINT");

  private EnvCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException {
    var running = RunningEngine.find(arguments.directory());
    if (running.isEmpty()) {
      terminal
          .err()
          .printf(
              "The local engine is not running; start it with: %s%n",
              RunningEngine.howToStart(arguments.directory()));
      return 1;
    }
    terminal.out().print(script(running.get(), arguments.directory()));
    return 0;
  }

  static String script(RunningEngine engine, EngineDirectory directory) {
    return """
    unset %1$s
    unset %2$s
    export %3$s
    export AWS_ENDPOINT_URL='%4$s'
    export AWS_REGION='%5$s'
    export AWS_DEFAULT_REGION='%5$s'
    export AWS_ACCESS_KEY_ID='%6$s'
    export AWS_SECRET_ACCESS_KEY='%7$s'
    if [ -r '%8$s' ]; then export DB_ARTIFACT_DB_CA_BUNDLE='%8$s'; fi
    %9$s
    """
        .formatted(
            String.join(" ", OTHER_KEYS),
            String.join(" ", OTHER_ENDPOINTS),
            SWITCHES.stream().map(each -> each + "=false").collect(Collectors.joining(" ")),
            engine.endpoint(),
            engine.region(),
            engine.key().id(),
            engine.key().secret(),
            quoted(Authority.bundle(directory.root())),
            names(engine, directory));
  }

  /// A shell may know the names of an earlier engine.
  private static String names(RunningEngine engine, EngineDirectory directory) {
    if (engine.report().settings().hostsFile() == null) {
      return "unset DB_ARTIFACT_HOSTS_FILE";
    }
    return """
    export DB_ARTIFACT_HOSTS_FILE='%s'
    [ -r "$DB_ARTIFACT_HOSTS_FILE" ] || unset DB_ARTIFACT_HOSTS_FILE\
    """
        .formatted(quoted(directory.ownHosts()));
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }
}
