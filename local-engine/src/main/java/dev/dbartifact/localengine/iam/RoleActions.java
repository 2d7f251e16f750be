package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.wire.EmptyResult;
import dev.dbartifact.localengine.wire.Honours;
import java.util.List;
import software.amazon.awssdk.services.iam.model.*;

/// The actions on roles themselves.
public final class RoleActions extends IamActions {

  private static final String NOT_ASSUMED =
      "The role is remembered and shown; no service assumes it, and nothing is denied.";

  private final Roles roles;

  RoleActions(Roles roles) {
    this.roles = roles;
  }

  @Override
  @Honours(
      value = {
        "AssumeRolePolicyDocument",
        "Description",
        "MaxSessionDuration",
        "Path",
        "PermissionsBoundary",
        "RoleName",
        "Tags"
      },
      kept = {"AssumeRolePolicyDocument", "Description", "PermissionsBoundary"},
      differs = NOT_ASSUMED)
  public CreateRoleResponse createRole(CreateRoleRequest request) {
    IamRules.tags(request.tags());
    var settings =
        roles
            .fresh(IamRules.path(request.path()), IamRules.roleName(request.roleName()))
            .assumeRolePolicyDocument(
                IamRules.trust("assumeRolePolicyDocument", request.assumeRolePolicyDocument()))
            .description(IamRules.description(request.description()))
            .maxSessionDuration(IamRules.duration(request.maxSessionDuration()))
            .permissionsBoundary(boundary(request.permissionsBoundary()));
    if (request.hasTags()) {
      settings.tags(request.tags());
    }
    var role = StoredRole.of(settings.build());
    roles.make(role);
    return CreateRoleResponse.builder().role(Roles.shown(role)).build();
  }

  private static AttachedPermissionsBoundary boundary(String arn) {
    return arn == null
        ? null
        : AttachedPermissionsBoundary.builder()
            .permissionsBoundaryType("Policy")
            .permissionsBoundaryArn(arn)
            .build();
  }

  @Override
  @Honours(
      value = {"RoleName"},
      differs =
          "Every well-formed name is a role that RDS could assume, until somebody makes it or"
              + " deletes it.")
  public GetRoleResponse getRole(GetRoleRequest request) {
    var name = IamRules.roleName(request.roleName());
    return GetRoleResponse.builder().role(Roles.shown(roles.find(name))).build();
  }

  @Override
  @Honours(
      value = {"Marker", "MaxItems", "PathPrefix"},
      differs = "Those that were made, and the service-linked role of RDS.")
  public ListRolesResponse listRoles(ListRolesRequest request) {
    var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    var found =
        roles.made().stream().filter(each -> each.settings().path().startsWith(prefix)).toList();
    var page = IamPage.of(found, StoredRole::name, request.marker(), request.maxItems());
    return ListRolesResponse.builder()
        .roles(page.items().stream().map(Roles::listed).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  @Override
  @EmptyResult
  @Honours(
      value = {"Description", "MaxSessionDuration", "RoleName"},
      kept = {"Description"})
  public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    IamRules.description(request.description());
    var duration = IamRules.duration(request.maxSessionDuration());
    roles.change(
        IamRules.roleName(request.roleName()),
        role ->
            role.with(to -> {
              if (request.description() != null) {
                to.description(request.description());
              }
              return request.maxSessionDuration() == null ? to : to.maxSessionDuration(duration);
            }));
    return UpdateRoleResponse.builder().build();
  }

  @Override
  @Honours(
      value = {"Description", "RoleName"},
      kept = {"Description"})
  public UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest request) {
    var description = IamRules.description(IamRules.required("description", request.description()));
    var role =
        roles.change(
            IamRules.roleName(request.roleName()),
            each -> each.with(to -> to.description(description)));
    return UpdateRoleDescriptionResponse.builder().role(Roles.shown(role)).build();
  }

  @Override
  @Honours(
      value = {"PolicyDocument", "RoleName"},
      kept = {"PolicyDocument"})
  public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    var trust = IamRules.trust("policyDocument", request.policyDocument());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> role.with(to -> to.assumeRolePolicyDocument(trust)));
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  @Override
  @Honours(
      value = {"PermissionsBoundary", "RoleName"},
      kept = {"PermissionsBoundary"})
  public PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
      PutRolePermissionsBoundaryRequest request) {
    var arn = IamRules.required("permissionsBoundary", request.permissionsBoundary());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> role.with(to -> to.permissionsBoundary(boundary(arn))));
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  @Override
  @Honours({"RoleName"})
  public DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> role.with(to -> to.permissionsBoundary(boundary(null))));
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  @Override
  @Honours({"RoleName"})
  public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          requireEmpty(role.attached(), "must detach all policies first.");
          requireEmpty(role.inlineNames(), "must delete policies first.");
          return role.gone();
        });
    return DeleteRoleResponse.builder().build();
  }

  private static void requireEmpty(List<String> policies, String what) {
    if (!policies.isEmpty()) {
      throw IamFault.DELETE_CONFLICT.with("Cannot delete entity, %s", what);
    }
  }
}
