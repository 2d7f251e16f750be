package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.wire.Honours;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.*;

/// The actions on the tags of roles.
public final class RoleTagActions extends IamActions {

  private final Roles roles;

  RoleTagActions(Roles roles) {
    this.roles = roles;
  }

  @Override
  @Honours({"RoleName", "Tags"})
  public TagRoleResponse tagRole(TagRoleRequest request) {
    IamRules.required("tags", request.hasTags() ? request.tags() : null);
    IamRules.tags(request.tags());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          var tags = without(role, request.tags().stream().map(Tag::key).toList());
          tags.addAll(request.tags());
          IamRules.tags(tags);
          return role.with(to -> to.tags(tags));
        });
    return TagRoleResponse.builder().build();
  }

  @Override
  @Honours({"RoleName", "TagKeys"})
  public UntagRoleResponse untagRole(UntagRoleRequest request) {
    IamRules.required("tagKeys", request.hasTagKeys() ? request.tagKeys() : null);
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> role.with(to -> to.tags(without(role, request.tagKeys()))));
    return UntagRoleResponse.builder().build();
  }

  /// Keys differ by more than their case.
  private static List<Tag> without(StoredRole role, List<String> keys) {
    var tags = new ArrayList<>(role.settings().tags());
    tags.removeIf(tag -> keys.stream().anyMatch(tag.key()::equalsIgnoreCase));
    return tags;
  }

  @Override
  @Honours({"Marker", "MaxItems", "RoleName"})
  public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    var tags =
        roles.find(IamRules.roleName(request.roleName())).settings().tags().stream()
            .sorted(Comparator.comparing(Tag::key))
            .toList();
    var page = IamPage.of(tags, Tag::key, request.marker(), request.maxItems());
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }
}
