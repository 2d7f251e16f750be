package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `bin/db-artifact-converge` hands over for AWS.
class ConvergeWrapperAwsTest extends ConvergeWrapperFixture {

  @Test
  void theCredentialsFilesAreMountedReadOnly() throws Exception {
    Path aws = Files.createDirectories(engine.home().resolve(".aws"));
    Files.writeString(aws.resolve("credentials"), "[default]\n");
    Files.writeString(aws.resolve("config"), "[default]\n");

    converge(PASSWORD);

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(aws.resolve("credentials"), "/root/.aws/credentials"))
        .containsSequence("-e", "AWS_SHARED_CREDENTIALS_FILE=/root/.aws/credentials")
        .containsSequence("--mount", mount(aws.resolve("config"), "/root/.aws/config"))
        .containsSequence("-e", "AWS_CONFIG_FILE=/root/.aws/config");
  }

  @Test
  void otherCredentials_andTheConfigBesideThem() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("my keys"));
    Files.writeString(mine.resolve("credentials"), "[dev]\n");
    Files.writeString(mine.resolve("config"), "[profile dev]\n");

    converge(
        PASSWORD, "--aws_credentials", mine.resolve("credentials").toString(), "--aws_profile=dev");

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(mine.resolve("credentials"), "/root/.aws/credentials"))
        .containsSequence("--mount", mount(mine.resolve("config"), "/root/.aws/config"))
        .containsSequence("-e", "AWS_PROFILE")
        .containsSequence("--aws_profile", "dev");
    assertThat(engine.environment()).contains("AWS_PROFILE=dev");
  }

  @Test
  void pathsWithSpecialCharactersAreMounted() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a:b, \"c\""));
    Path file = Files.writeString(odd.resolve("credentials"), "[default]\n");

    converge(PASSWORD, "--aws_credentials", file.toString());

    assertThat(engine.arguments())
        .containsSequence(
            "--mount",
            "type=bind,\"src="
                + file.toString().replace("\"", "\"\"")
                + "\",dst=/root/.aws/credentials,readonly");
  }

  @Test
  void aProfileThatWasAskedFor_isNotOverruledByKeysInTheEnvironment() throws Exception {
    var keys =
        Map.of(
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "hidden-key",
            "AWS_SESSION_TOKEN", "hidden-token",
            "AWS_REGION", "eu-west-1");

    converge(keys, "--aws_profile", "dev");

    assertThat(engine.arguments())
        .contains("AWS_PROFILE", "AWS_REGION")
        .containsSequence("--aws_profile", "dev")
        .doesNotContain("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
  }

  @Test
  void awsVariablesAreHandedOverByName() throws Exception {
    Path bundle = Files.writeString(folder.resolve("ca.pem"), "certificates");

    converge(
        Map.of(
            "DB_PASSWORD", "s3cret-Word",
            "AWS_DEFAULT_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "hidden-key",
            "AWS_SESSION_TOKEN", "",
            "AWS_CA_BUNDLE", bundle.toString()));

    assertThat(engine.arguments())
        .containsSequence("-e", "AWS_ACCESS_KEY_ID")
        .containsSequence("-e", "AWS_SECRET_ACCESS_KEY")
        .containsSequence("-e", "AWS_REGION")
        .containsSequence("--mount", mount(bundle, "/run/aws/AWS_CA_BUNDLE"))
        .containsSequence("-e", "AWS_CA_BUNDLE=/run/aws/AWS_CA_BUNDLE")
        .doesNotContain("AWS_SESSION_TOKEN", "hidden-key");
    assertThat(engine.environment()).contains("AWS_REGION=eu-west-1");
  }

  @Test
  void anEndpointOnLoopback_getsTheNetworkOfThisMachine() throws Exception {
    for (String endpoint :
        List.of(
            "http://127.0.0.1:9433",
            "http://localhost/x",
            "https://[::1]:1",
            "http://rds.localhost:80")) {
      converge(Map.of("AWS_ENDPOINT_URL", endpoint));
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
      converge(Map.of(), "--endpoint-url", endpoint);
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
      converge(Map.of(), "--endpoint_url=" + endpoint);
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
    }
    for (String endpoint :
        List.of("https://rds.eu-west-1.amazonaws.com", "http://localhost.example.com")) {
      converge(Map.of("AWS_ENDPOINT_URL_RDS", endpoint));
      assertThat(engine.arguments()).as(endpoint).doesNotContain("--network");
    }
  }

  @Test
  void anEndpointOfTheProfileOnLoopback_getsTheNetworkOfThisMachine() throws Exception {
    Path aws = Files.createDirectories(engine.home().resolve(".aws"));
    Files.writeString(
        aws.resolve("config"),
        """
        [default]
        region = eu-west-1
        [profile own]
        endpoint_url = http://127.0.0.1:9432
        [profile  by-service ]
        services = local
        [profile remote]
        services = far
        [services local]
        rds =
          endpoint_url = http://localhost:9432
        [services far]
        rds =
          endpoint_url = https://rds.example.com
        """);

    for (String profile : List.of("own", "by-service")) {
      converge(with(PASSWORD, "AWS_PROFILE", profile));
      assertThat(engine.arguments()).as(profile).containsSequence("--network", "host");
      converge(PASSWORD, "--aws_profile", profile);
      assertThat(engine.arguments()).as(profile).containsSequence("--network", "host");
    }
    for (String profile : List.of("default", "remote", "absent")) {
      converge(with(PASSWORD, "AWS_PROFILE", profile));
      assertThat(engine.arguments()).as(profile).doesNotContain("--network");
    }
    converge(
        with(
            with(PASSWORD, "AWS_PROFILE", "own"),
            "AWS_ENDPOINT_URL",
            "https://rds.eu-west-1.amazonaws.com"));
    assertThat(engine.arguments()).doesNotContain("--network");
  }
}
