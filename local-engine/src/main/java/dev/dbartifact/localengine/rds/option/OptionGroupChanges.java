package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.CustomOptionGroup;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CopyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyOptionGroupRequest;
import software.amazon.awssdk.services.rds.model.OptionGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// Makes, changes and deletes option groups.
final class OptionGroupChanges {

  private final Catalog catalog;
  private final Home home;
  private final OptionGroups groups;
  private final Clock clock;

  OptionGroupChanges(Catalog catalog, Home home, OptionGroups groups, Clock clock) {
    this.catalog = catalog;
    this.home = home;
    this.groups = groups;
    this.clock = clock;
  }

  OptionGroup create(CreateOptionGroupRequest request) {
    var name = Rules.groupIdentifier("OptionGroupName", request.optionGroupName());
    var engine = OptionGroups.engine(request.engineName());
    var major = Rules.required("MajorEngineVersion", request.majorEngineVersion());
    groups.requireMajor(engine, major);
    var description = Rules.required("OptionGroupDescription", request.optionGroupDescription());
    Rules.tags(request.tags());
    return keep(groups.described(name, description, engine, major), request.tags());
  }

  OptionGroup copy(CopyOptionGroupRequest request) {
    var name =
        Rules.groupIdentifier("TargetOptionGroupIdentifier", request.targetOptionGroupIdentifier());
    var description =
        Rules.required("TargetOptionGroupDescription", request.targetOptionGroupDescription());
    Rules.tags(request.tags());
    var source = groups.find("SourceOptionGroupIdentifier", request.sourceOptionGroupIdentifier());
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
      if (catalog.optionGroups.all().size() >= OptionGroups.MOST) {
        throw RdsFault.OPTION_GROUP_QUOTA_EXCEEDED.with(
            "Cannot create more than %d option groups", OptionGroups.MOST);
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
    var group = groups.find("OptionGroupName", name);
    return catalog
        .optionGroups
        .find(group.optionGroupName())
        .orElseThrow(() ->
            RdsFault.INVALID_OPTION_GROUP_STATE.with(
                "The option group '%s' is a default option group and cannot be %s.", name, what));
  }
}
