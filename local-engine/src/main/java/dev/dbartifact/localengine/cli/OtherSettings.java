package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.server.AddressRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a start asks for, and the running engine does not have. Options that are not given ask for
/// nothing, except the port: tools are told of the usual one.
final class OtherSettings {

  private final Arguments wanted;
  private final List<String> found = new ArrayList<>();

  private OtherSettings(Arguments wanted) {
    this.wanted = wanted;
  }

  /// Such as `--port 9432, not 9433`.
  static List<String> of(RunningEngine running, Arguments wanted) throws IOException {
    var others = new OtherSettings(wanted);
    var settings = running.report().settings();
    if (wanted.port() != 0) {
      others.compare("port", running.endpoint().getPort(), wanted.port());
    }
    others.given(CommandOption.REGION, running.region(), wanted.region());
    others.given(
        CommandOption.LISTEN,
        running.endpoint().getHost(),
        wanted.exposure().listen().getHostAddress());
    others.given(
        CommandOption.CLUSTER_ADDRESSES,
        AddressRange.parse(settings.clusterAddresses()),
        wanted.exposure().clusters());
    others.given(CommandOption.PACE, Pace.parse(settings.pace()).text(), wanted.pace().text());
    others.given(
        CommandOption.MAX_CLUSTERS, settings.mostClusters(), wanted.maxClusters().orElse(0));
    others.names(settings.hostsFile());
    if (wanted.value(CommandOption.MISBEHAVE) != null && !misbehavesAsWanted(running, wanted)) {
      others.found.add("--misbehave with other rules");
    }
    return others.found;
  }

  /// @param has the hosts file of the running engine; null where its endpoints have no names
  private void names(String has) {
    if (wanted.hostsFile().isEmpty()) {
      return;
    }
    if (has == null) {
      found.add("without --" + CommandOption.ENDPOINT_NAMES.longName());
    } else {
      compare(CommandOption.ENDPOINT_NAMES.longName(), has, wanted.hostsFile().get().toString());
    }
  }

  private static boolean misbehavesAsWanted(RunningEngine running, Arguments wanted)
      throws IOException {
    return Rules.parse(running.misbehaviour(), LocalEngine.vocabulary())
        .equals(wanted.misbehaviour());
  }

  private void given(CommandOption option, Object has, Object asked) {
    if (wanted.value(option) != null) {
      compare(option.longName(), has, asked);
    }
  }

  private void compare(String option, Object has, Object asked) {
    if (!has.equals(asked)) {
      found.add("--%s %s, not %s".formatted(option, has, asked));
    }
  }
}
