package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The tags of security groups and of their rules.
final class Ec2Tags {

  static final String GROUP = "security-group";
  static final String RULE = "security-group-rule";

  private static final int MOST = 50;

  private final GroupShelf groups;

  Ec2Tags(GroupShelf groups) {
    this.groups = groups;
  }

  /// Those that something is made with.
  ///
  /// @param type of what is made
  static Map<String, String> specified(Form form, String type) {
    var tags = new TreeMap<String, String>();
    for (var specification : form.items("TagSpecification")) {
      var named = specification.required("ResourceType");
      if (!named.equals(type)) {
        throw Ec2Fault.of(
            "InvalidParameterValue",
            "'%s' is not a valid taggable resource type for this operation.",
            named);
      }
      listed(specification).forEach((key, value) -> tags.put(key, value.orElse("")));
      specification.requireEmpty();
    }
    return checked(tags);
  }

  /// Each key, with its value if one was given.
  private static Map<String, Optional<String>> listed(Form form) {
    var tags = new TreeMap<String, Optional<String>>();
    for (var tag : form.items("Tag")) {
      tags.put(tag.required("Key"), tag.given("Value"));
      tag.requireEmpty();
    }
    return tags;
  }

  /// See "Tag restrictions" in the Amazon EC2 User Guide.
  private static Map<String, String> checked(Map<String, String> tags) {
    for (var tag : tags.entrySet()) {
      if (tag.getKey().startsWith("aws:")) {
        throw Ec2Fault.of(
            "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
      }
      if (tag.getKey().length() > 128 || tag.getValue().length() > 256) {
        throw Ec2Fault.of("InvalidParameterValue", "The tag '%s' is too long", tag.getKey());
      }
    }
    if (tags.size() > MOST) {
      throw Ec2Fault.of("TagLimitExceeded", "More than %s tags for one resource", MOST);
    }
    return tags;
  }

  @Honours(
      value = {"DryRun", "ResourceId", "Tag"},
      differs = "Of security groups and their rules only.")
  XmlWriter.Content createTags(Form form) {
    var ids = ids(form);
    var given = listed(form);
    form.requireEmpty();
    if (given.isEmpty()) {
      throw Ec2Fault.of("MissingParameter", "The request must contain the parameter tag");
    }
    return change(
        ids,
        tags -> {
          given.forEach((key, value) -> tags.put(key, value.orElse("")));
          return checked(tags);
        });
  }

  @Honours(
      value = {"DryRun", "ResourceId", "Tag"},
      differs = "Of security groups and their rules only.")
  XmlWriter.Content deleteTags(Form form) {
    var ids = ids(form);
    var given = listed(form);
    form.requireEmpty();
    return change(
        ids,
        tags -> {
          if (given.isEmpty()) {
            tags.clear();
          }
          given.forEach((key, value) -> {
            if (value.isEmpty() || value.get().equals(tags.get(key))) {
              tags.remove(key);
            }
          });
          return tags;
        });
  }

  /// All of them are there before one is changed.
  private List<String> ids(Form form) {
    var ids = form.texts("ResourceId");
    if (ids.isEmpty()) {
      throw Ec2Fault.of("MissingParameter", "The request must contain the parameter resourceIdSet");
    }
    for (var id : ids) {
      if (id.startsWith("sgr-")) {
        groups.rule(id);
      } else if (id.startsWith("sg-")) {
        groups.find(id);
      } else if (id.startsWith("vpc-") || id.startsWith("subnet-")) {
        throw Ec2Fault.of(
            "UnsupportedOperation",
            "The local engine keeps tags of security groups and their rules only, not of '%s'",
            id);
      } else {
        throw Ec2Fault.of("InvalidID", "The ID '%s' is not valid", id);
      }
    }
    return ids;
  }

  private XmlWriter.Content change(List<String> ids, UnaryOperator<Map<String, String>> change) {
    var changed = new TreeMap<String, SecurityGroup>();
    for (var id : ids) {
      var home = id.startsWith("sgr-") ? groups.rule(id).group() : groups.find(id);
      changed.put(home.id(), tagged(changed.getOrDefault(home.id(), home), id, change));
    }
    changed.values().forEach(groups::put);
    return to -> to.element("return", "true");
  }

  /// @param id of the group, or of one of its rules
  private static SecurityGroup tagged(
      SecurityGroup group, String id, UnaryOperator<Map<String, String>> change) {
    return group.id().equals(id)
        ? group.with(change.apply(new TreeMap<>(group.tags())))
        : group.changing(rule ->
            rule.id().equals(id) ? rule.with(change.apply(new TreeMap<>(rule.tags()))) : rule);
  }

  private record Tagged(String id, String type, String key, String value) {}

  @Honours(
      value = {"DryRun", "Filter", "MaxResults"},
      differs = "Of security groups and their rules only. There is never a second page.")
  XmlWriter.Content describeTags(Form form) {
    var filters = form.filters();
    form.requireEmpty();
    var shown =
        Ec2Filters.<Tagged>apply(
            filters,
            Map.of(
                "key", Tagged::key,
                "value", Tagged::value,
                "resource-id", Tagged::id,
                "resource-type", Tagged::type),
            each -> Map.of(each.key(), each.value()),
            tagged());
    return to ->
        to.element(
            "tagSet",
            set -> {
              for (var each : shown) {
                set.element(
                    "item",
                    item -> {
                      item.element("resourceId", each.id());
                      item.element("resourceType", each.type());
                      item.element("key", each.key());
                      item.element("value", each.value());
                    });
              }
            });
  }

  private List<Tagged> tagged() {
    var all = new ArrayList<Tagged>();
    for (var group : groups.all()) {
      group.tags().forEach((key, value) -> all.add(new Tagged(group.id(), GROUP, key, value)));
    }
    for (var each : groups.rules()) {
      each.rule()
          .tags()
          .forEach((key, value) -> all.add(new Tagged(each.rule().id(), RULE, key, value)));
    }
    return all;
  }
}
