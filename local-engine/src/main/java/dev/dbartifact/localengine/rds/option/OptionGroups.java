package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.OptionGroup;

/// The option groups that somebody made, and those that instances have without asking, one for each
/// major version, with no options in them.
///
/// See "Working with option groups" in the Amazon RDS User Guide.
public final class OptionGroups {

  /// As on AWS, without the default groups.
  public static final int MOST = 20;

  private final Catalog catalog;
  private final Home home;
  private final Versions versions;

  public OptionGroups(Catalog catalog, Home home, Versions versions) {
    this.catalog = catalog;
    this.home = home;
    this.versions = versions;
  }

  /// The group of this name.
  ///
  /// @param parameter what the request calls it
  /// @param identifier a name or an ARN
  OptionGroup find(String parameter, String identifier) {
    var name = home.name("og", Rules.required(parameter, identifier));
    return all().stream()
        .filter(each -> each.optionGroupName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  static RuntimeException notFound(String name) {
    return RdsFault.OPTION_GROUP_NOT_FOUND.with("Specified OptionGroupName: %s not found.", name);
  }

  /// The group that an instance of this version is in.
  ///
  /// @param wanted null where nothing is said
  public String forInstance(EngineVersion version, String wanted) {
    if (wanted == null) {
      return version.optionGroup();
    }
    var group = find("OptionGroupName", wanted);
    if (!suits(group, version)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The option group %s is associated with a different engine than the specified: it is for"
              + " %s %s, not for %s %s.",
          group.optionGroupName(),
          group.engineName(),
          group.majorEngineVersion(),
          version.engine().title(),
          version.major());
    }
    return group.optionGroupName();
  }

  private static boolean suits(OptionGroup group, EngineVersion version) {
    return group.engineName().equals(version.engine().title())
        && group.majorEngineVersion().equals(version.major());
  }

  /// The group that a copy of an instance is in. An earlier engine left instances that it upgraded
  /// in a group of their old version.
  ///
  /// @param wanted null where nothing is said
  /// @param originals the group that the copied instance is in
  public String forCopy(EngineVersion version, String wanted, String originals) {
    var keeps =
        wanted == null
            && all().stream()
                .filter(each -> suits(each, version))
                .anyMatch(each -> each.optionGroupName().equals(originals));
    return keeps ? originals : forInstance(version, wanted);
  }

  /// Aurora's clusters are in default groups, and can be in no other.
  static Engine engine(String name) {
    var engine = Engine.of(Rules.required("EngineName", name));
    if (engine.isAurora()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid DB engine: %s", name);
    }
    return engine;
  }

  /// @throws RuntimeException the fault, if no server of that major version is installed
  void requireMajor(Engine engine, String major) {
    var majors = majors(engine);
    if (!majors.contains(major)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot find major version %s for %s (here: %s)",
          major, engine.title(), majors.isEmpty() ? "none" : String.join(", ", majors));
    }
  }

  /// The major versions that are installed, each once.
  List<String> majors(Engine engine) {
    return versions.all(engine).stream().map(EngineVersion::major).distinct().sorted().toList();
  }

  /// By name.
  List<OptionGroup> all() {
    var groups = new TreeMap<String, OptionGroup>();
    Arrays.stream(Engine.values())
        .flatMap(engine -> versions.all(engine).stream())
        .forEach(version -> groups.computeIfAbsent(version.optionGroup(), _ -> standard(version)));
    catalog.optionGroups.all().forEach(each -> groups.put(each.name(), each.settings()));
    return List.copyOf(groups.values());
  }

  private OptionGroup standard(EngineVersion version) {
    var words =
        "Default option group for %s %s".formatted(version.engine().title(), version.major());
    return described(version.optionGroup(), words, version.engine(), version.major());
  }

  /// A group without options.
  OptionGroup described(String name, String description, Engine engine, String major) {
    return OptionGroup.builder()
        .optionGroupName(name)
        .optionGroupDescription(description)
        .engineName(engine.title())
        .majorEngineVersion(major)
        .options(List.of())
        .allowsVpcAndNonVpcInstanceMemberships(true)
        .optionGroupArn(home.arn("og", name))
        .build();
  }
}
