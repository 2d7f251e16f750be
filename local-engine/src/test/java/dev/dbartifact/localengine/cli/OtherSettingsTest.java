package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.StatusService.Report;
import dev.dbartifact.localengine.StatusService.Settings;
import dev.dbartifact.localengine.http.AccessKey;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A second `start --detach`, beside an engine that runs.
class OtherSettingsTest {

  private static RunningEngine running(String hostsFile) {
    var settings = new Settings("10.77.0.0/16", "aurora:60", 20, hostsFile);
    return new RunningEngine(
        URI.create("http://10.0.0.5:9432"),
        "eu-west-1",
        AccessKey.generate(),
        new Report(1, "btrfs", settings, List.of()));
  }

  private static List<String> others(String words) throws Exception {
    return others(words, running("/etc/hosts"));
  }

  private static List<String> others(String words, RunningEngine running) throws Exception {
    var split = words.isEmpty() ? List.<String>of() : List.of(words.split(" "));
    return OtherSettings.of(
        running, Arguments.parse(Command.START, split, Map.of("XDG_DATA_HOME", "/standard")));
  }

  @Test
  void whoAsksForNothingGetsTheOneThatRuns() throws Exception {
    assertThat(others("")).isEmpty();
    assertThat(others("--port 0")).isEmpty();
  }

  @Test
  void whoAsksForTheSameGetsIt() throws Exception {
    assertThat(
            others(
                "--port 9432 --region eu-west-1 --listen 10.0.0.5 --cluster-addresses 10.77.0.0/16"
                    + " --pace aurora:60.0 --max-clusters 20 --endpoint-names /etc/../etc/hosts"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--port 9433, '--port 9432, not 9433'",
    "--region us-west-2, '--region eu-west-1, not us-west-2'",
    "--listen 127.0.0.1, '--listen 10.0.0.5, not 127.0.0.1'",
    "--cluster-addresses 127.77.0.0/16, '--cluster-addresses 10.77.0.0/16, not 127.77.0.0/16'",
    "--pace instant, '--pace aurora:60, not instant'",
    "--max-clusters 40, '--max-clusters 20, not 40'",
    "--endpoint-names /tmp/hosts, '--endpoint-names /etc/hosts, not /tmp/hosts'",
  })
  void everySettingThatDiffersIsNamed(String asked, String said) throws Exception {
    assertThat(others(asked)).containsExactly(said);
  }

  @Test
  void anEngineWithoutNamesIsNotTheOneThatWasAskedFor() throws Exception {
    assertThat(others("--endpoint-names /etc/hosts", running(null)))
        .containsExactly("without --endpoint-names");
    assertThat(others("", running(null))).isEmpty();
  }

  @Test
  void allDifferencesAreNamedAtOnce() throws Exception {
    assertThat(others("--port 1 --pace quick")).hasSize(2);
  }
}
