package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ParameterGroup;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.state.Shelf;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.Tag;

/// The parameter groups of one kind, and what is done with those of either kind in the same way.
///
/// @param shelf where they are kept, by their names
/// @param title what the API calls one
/// @param arn the kind of their ARNs; see `Home.arn`
record StoredGroups<G extends ParameterGroup>(
    Catalog catalog,
    Shelf<G> shelf,
    Home home,
    GroupRules rules,
    String title,
    String arn,
    Maker<G> maker) {

  /// Makes a group of the kind.
  interface Maker<G> {
    G make(
        String name,
        String family,
        String description,
        List<Tag> tags,
        Map<String, ParameterValue> values);
  }

  /// The default one of a family, if it is not there.
  void makeDefault(String family, String description) {
    var name = "default." + family;
    if (shelf.find(name).isEmpty()) {
      shelf.put(maker.make(name, family, description, List.of(), Map.of()));
    }
  }

  G create(String name, String family, String description, List<Tag> tags) {
    var asked = GroupRules.name(title + "Name", name);
    var of = rules.family(family);
    var text = Rules.required("Description", description);
    Rules.tags(tags);
    return catalog.changing(() -> add(maker.make(asked, of, text, tags, Map.of())));
  }

  private G add(G group) {
    if (shelf.find(group.name()).isPresent()) {
      throw GroupRules.exists(group.name());
    }
    shelf.put(group);
    return group;
  }

  G copy(String source, String target, String description, List<Tag> tags) {
    var name = GroupRules.name("Target" + title + "Identifier", target);
    var text = Rules.required("Target" + title + "Description", description);
    var given = Rules.required("Source" + title + "Identifier", source);
    Rules.tags(tags);
    return catalog.changing(() -> {
      var from = find(home.name(arn, given));
      GroupRules.refuseDefault(from.name(), "copied");
      return add(maker.make(name, from.family(), text, tags, from.values()));
    });
  }

  /// @param name null for all
  List<G> named(String name) {
    return name == null ? shelf.all() : List.of(find(name));
  }

  /// @param user something that has the group, if there is one
  void delete(String name, Function<String, Optional<String>> user) {
    catalog.changing(() -> {
      var group = find(name).name();
      GroupRules.refuseDefault(group, "deleted");
      user.apply(group).ifPresent(each -> GroupRules.refuseUsed(group, each));
      shelf.remove(group);
    });
  }

  /// For the actions on groups themselves; those on clusters answer another code where a group is
  /// missing.
  G find(String name) {
    return shelf
        .find(name.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () -> RdsFault.PARAMETER_GROUP_NOT_FOUND.with("%s not found: %s", title, name));
  }
}
