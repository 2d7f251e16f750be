package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.engine.Versions;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

/// Engine versions as DescribeDBEngineVersions shows them, with what stands behind them.
public final class VersionDescriptions {

  private final Versions versions;
  private final Upgrades upgrades;

  public VersionDescriptions(Versions versions, Upgrades upgrades) {
    this.versions = versions;
    this.upgrades = upgrades;
  }

  /// Engine by engine, newest first.
  List<DBEngineVersion> all() {
    return Stream.of(Engine.values()).flatMap(this::of).toList();
  }

  Stream<DBEngineVersion> of(Engine engine) {
    var all = versions.all(engine);
    return all.stream().map(version -> of(version, all));
  }

  /// Whether one gets it who asks for no minor version of its major version.
  boolean isStandard(DBEngineVersion version) {
    var engine = Engine.of(version.engine());
    return isIt(version, versions.choose(engine, version.majorEngineVersion()));
  }

  /// Whether one gets it who asks for no version at all.
  boolean isDefault(DBEngineVersion version) {
    return isIt(version, versions.choose(Engine.of(version.engine()), null));
  }

  private static boolean isIt(DBEngineVersion version, EngineVersion other) {
    return other.number().equals(version.engineVersion());
  }

  private DBEngineVersion of(EngineVersion version, List<EngineVersion> all) {
    var engine = version.engine();
    var behind = engine.server().title();
    return DBEngineVersion.builder()
        .engine(engine.title())
        .engineVersion(version.number())
        .majorEngineVersion(version.major())
        .dbParameterGroupFamily(version.family())
        .dbEngineDescription(
            engine.words().equals(behind)
                ? behind
                : "%s, stood in for by %s".formatted(engine.words(), behind))
        .dbEngineVersionDescription(behind + " " + versions.server(version))
        .validUpgradeTarget(targets(version, all))
        .exportableLogTypes(engine.logTypes().stream().sorted().toList())
        .supportedFeatureNames(features(engine))
        .supportedEngineModes("provisioned")
        .supportedCACertificateIdentifiers(Certification.AUTHORITIES)
        .supportsCertificateRotationWithoutRestart(true)
        .supportsGlobalDatabases(false)
        .supportsParallelQuery(false)
        .supportsBabelfish(false)
        .supportsLimitlessDatabase(false)
        .supportsLocalWriteForwarding(false)
        .supportsIntegrations(false)
        .supportsLogExportsToCloudwatchLogs(true)
        .supportsReadReplica(!engine.isAurora())
        .status("available")
        .build();
  }

  private List<UpgradeTarget> targets(EngineVersion version, List<EngineVersion> all) {
    return all.reversed().stream()
        .filter(to -> upgrades.isTarget(version, to))
        .map(to -> target(version, to))
        .toList();
  }

  private UpgradeTarget target(EngineVersion from, EngineVersion to) {
    var engine = from.engine();
    return UpgradeTarget.builder()
        .engine(engine.title())
        .engineVersion(to.number())
        .description(
            "%s %s, by %s %s"
                .formatted(
                    engine.words(), to.number(), engine.server().title(), versions.server(to)))
        .autoUpgrade(false)
        .isMajorVersionUpgrade(!from.major().equals(to.major()))
        .supportedEngineModes(engine.isAurora() ? List.of("provisioned") : null)
        .build();
  }

  /// Null where there are none, so that the answer says nothing of them.
  private static List<String> features(Engine engine) {
    return engine.features().isEmpty() ? null : engine.features().stream().sorted().toList();
  }
}
