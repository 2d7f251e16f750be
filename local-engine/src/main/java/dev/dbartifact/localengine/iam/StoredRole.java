package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.sts.RoleIds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.Role;

/// A role that somebody made, or deleted.
///
/// @param settings with the trust policy as it was given
/// @param inline the policies in it, by name
/// @param attached the ARNs of others, sorted
/// @param deleted whether it is remembered only for not being there
record StoredRole(
    Role settings, Map<String, String> inline, List<String> attached, boolean deleted) {

  StoredRole {
    inline = Map.copyOf(inline);
    attached = attached.stream().sorted().distinct().toList();
  }

  static StoredRole of(Role settings) {
    return new StoredRole(settings, Map.of(), List.of(), false);
  }

  /// Names of roles differ by more than their case; not all of them could name a file.
  static String key(String name) {
    return RoleIds.of(name.toLowerCase(Locale.ROOT));
  }

  String key() {
    return key(name());
  }

  String name() {
    return settings.roleName();
  }

  StoredRole gone() {
    return new StoredRole(settings, Map.of(), List.of(), true);
  }

  StoredRole with(UnaryOperator<Role.Builder> change) {
    return new StoredRole(change.apply(settings.toBuilder()).build(), inline, attached, deleted);
  }

  StoredRole holding(Map<String, String> policies) {
    return new StoredRole(settings, policies, attached, deleted);
  }

  StoredRole attachedTo(List<String> policies) {
    return new StoredRole(settings, inline, policies, deleted);
  }

  List<String> inlineNames() {
    return List.copyOf(new TreeMap<>(inline).keySet());
  }
}
