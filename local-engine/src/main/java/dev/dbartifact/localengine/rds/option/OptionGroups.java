package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.CustomOptionGroup;
import dev.dbartifact.localengine.rds.request.EngineNames;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CopyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupOptionsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupOptionsResponse;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeOptionGroupsResponse;
import software.amazon.awssdk.services.rds.model.ModifyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.OptionGroupOption;
import software.amazon.awssdk.services.rds.model.Tag;

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
  private final Clock clock;

  public OptionGroups(Catalog catalog, Home home, Versions versions, Clock clock) {
    this.catalog = catalog;
    this.home = home;
    this.versions = versions;
    this.clock = clock;
  }

  OptionGroup create(CreateOptionGroupRequest request) {
    var name = newName("OptionGroupName", request.optionGroupName());
    var engine = engine(request.engineName());
    var major = Rules.required("MajorEngineVersion", request.majorEngineVersion());
    requireMajor(engine, major);
    var description = Rules.required("OptionGroupDescription", request.optionGroupDescription());
    Rules.tags(request.tags());
    return keep(described(name, description, engine, major), request.tags());
  }

  OptionGroup copy(CopyOptionGroupRequest request) {
    var name = newName("TargetOptionGroupIdentifier", request.targetOptionGroupIdentifier());
    var description =
        Rules.required("TargetOptionGroupDescription", request.targetOptionGroupDescription());
    Rules.tags(request.tags());
    var source = find("SourceOptionGroupIdentifier", request.sourceOptionGroupIdentifier());
    var copy =
        source.copy(to ->
            to.optionGroupName(name)
                .optionGroupDescription(description)
                .optionGroupArn(home.arn("og", name))
                .sourceOptionGroup(source.optionGroupName())
                .sourceAccountId(home.account())
                .copyTimestamp(clock.instant()));
    return keep(copy, request.tags());
  }

  private OptionGroup keep(OptionGroup group, List<Tag> tags) {
    return catalog.changing(() -> {
      if (catalog.optionGroups.find(group.optionGroupName()).isPresent()) {
        throw RdsFault.OPTION_GROUP_ALREADY_EXISTS.with(
            "An option group named %s already exists.", group.optionGroupName());
      }
      if (catalog.optionGroups.all().size() >= MOST) {
        throw RdsFault.OPTION_GROUP_QUOTA_EXCEEDED.with(
            "Cannot create more than %d option groups", MOST);
      }
      catalog.optionGroups.put(new CustomOptionGroup(group, tags));
      return group;
    });
  }

  OptionGroup modify(ModifyOptionGroupRequest request) {
    return catalog.changing(() -> {
      var group = custom(request.optionGroupName(), "modified");
      var changed = group.describedBy(OptionChanges.apply(group.settings(), request));
      if (!changed.equals(group)) {
        catalog.optionGroups.put(changed);
      }
      return changed.settings();
    });
  }

  void delete(DeleteOptionGroupRequest request) {
    catalog.changing(() -> {
      var group = custom(request.optionGroupName(), "deleted");
      user(group.name())
          .ifPresent(user -> {
            // The words are AWS's: Terraform tries again when it reads the code.
            throw RdsFault.INVALID_OPTION_GROUP_STATE.with(
                "The option group '%s' cannot be deleted because it is in use by %s.",
                group.name(), user);
          });
      catalog.optionGroups.remove(group.name());
    });
  }

  /// An instance or a snapshot that is in the group.
  private Optional<String> user(String name) {
    var instances =
        catalog.instances.all().stream()
            .filter(each ->
                each.settings().optionGroupMemberships().stream()
                    .anyMatch(of -> of.optionGroupName().equals(name)))
            .map(each -> "the DB instance " + each.id());
    var snapshots =
        catalog.instanceSnapshots().stream()
            .filter(each -> OptionMemberships.current(each.instance()).equals(name))
            .map(each -> "the DB snapshot " + each.id());
    return Stream.concat(instances, snapshots).findFirst();
  }

  private CustomOptionGroup custom(String name, String what) {
    var group = find("OptionGroupName", name);
    return catalog
        .optionGroups
        .find(group.optionGroupName())
        .orElseThrow(() ->
            RdsFault.INVALID_OPTION_GROUP_STATE.with(
                "The option group '%s' is a default option group and cannot be %s.", name, what));
  }

  /// @param identifier a name or an ARN
  private OptionGroup find(String parameter, String identifier) {
    var name = home.name("og", Rules.required(parameter, identifier));
    return all().stream()
        .filter(each -> each.optionGroupName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  private static RuntimeException notFound(String name) {
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

  DescribeOptionGroupsResponse describe(DescribeOptionGroupsRequest request) {
    check(request);
    var name = request.optionGroupName();
    var shown =
        all().stream()
            .filter(each -> name == null || each.optionGroupName().equalsIgnoreCase(name))
            .filter(each -> isAsked(request.engineName(), each.engineName()))
            .filter(each -> isAsked(request.majorEngineVersion(), each.majorEngineVersion()))
            .toList();
    if (name != null && shown.isEmpty()) {
      throw notFound(name);
    }
    var page =
        Page.of(
            Filters.apply(request.filters(), Map.of(), shown),
            OptionGroup::optionGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeOptionGroupsResponse.builder()
        .optionGroupsList(page.items())
        .marker(page.marker())
        .build();
  }

  private static void check(DescribeOptionGroupsRequest request) {
    var engine = request.engineName();
    if (request.optionGroupName() != null
        && (engine != null || request.majorEngineVersion() != null)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "OptionGroupName cannot be given together with EngineName or MajorEngineVersion.");
    }
    if (request.majorEngineVersion() != null && engine == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "MajorEngineVersion cannot be given without EngineName.");
    }
    if (engine != null) {
      EngineNames.requireKnown(engine);
    }
  }

  DescribeOptionGroupOptionsResponse options(DescribeOptionGroupOptionsRequest request) {
    var engine = engine(request.engineName());
    if (request.majorEngineVersion() != null) {
      requireMajor(engine, request.majorEngineVersion());
    }
    var majors =
        majors(engine).stream()
            .filter(each -> isAsked(request.majorEngineVersion(), each))
            .toList();
    var offered =
        OfferedOption.of(engine).stream().flatMap(each -> each.offered(engine, majors)).toList();
    var page =
        Page.of(
            Filters.apply(request.filters(), Map.of(), offered),
            (OptionGroupOption each) -> each.name() + each.majorEngineVersion(),
            request.marker(),
            request.maxRecords());
    return DescribeOptionGroupOptionsResponse.builder()
        .optionGroupOptions(page.items())
        .marker(page.marker())
        .build();
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }

  private static String newName(String parameter, String name) {
    return Rules.groupIdentifier(parameter, name);
  }

  /// Aurora's clusters are in default groups, and can be in no other.
  private static Engine engine(String name) {
    var engine = Engine.of(Rules.required("EngineName", name));
    if (engine.isAurora()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid DB engine: %s", name);
    }
    return engine;
  }

  private void requireMajor(Engine engine, String major) {
    var majors = majors(engine);
    if (!majors.contains(major)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot find major version %s for %s (here: %s)",
          major, engine.title(), majors.isEmpty() ? "none" : String.join(", ", majors));
    }
  }

  private List<String> majors(Engine engine) {
    return versions.all(engine).stream().map(EngineVersion::major).distinct().sorted().toList();
  }

  /// By name.
  private List<OptionGroup> all() {
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

  private OptionGroup described(String name, String description, Engine engine, String major) {
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
