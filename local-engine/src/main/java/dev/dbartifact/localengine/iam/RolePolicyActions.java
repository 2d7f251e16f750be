package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.wire.Honours;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import software.amazon.awssdk.services.iam.model.*;

/// The actions on the policies of roles. All policies of AWS are taken to exist; no others are
/// there.
public final class RolePolicyActions extends IamActions {

  /// See "IAM and AWS STS quotas" in the IAM User Guide.
  private static final int MOST_ATTACHED = 10;

  private static final String OF_AWS = "arn:aws:iam::aws:policy/[!-~]*[\\w+=,.@-]{1,128}";

  private final Roles roles;

  RolePolicyActions(Roles roles) {
    this.roles = roles;
  }

  @Override
  @Honours(
      value = {"PolicyArn", "RoleName"},
      kept = {"PolicyArn"},
      differs = "Policies of AWS only, which are not looked up.")
  public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    var arn = IamRules.required("policyArn", request.policyArn());
    if (!arn.matches(OF_AWS)) {
      throw IamFault.NO_SUCH_ENTITY.with(
          "Policy %s does not exist or is not attachable. (The local engine has those of AWS:"
              + " arn:aws:iam::aws:policy/…)",
          arn);
    }
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          var attached = new ArrayList<>(role.attached());
          attached.add(arn);
          if (attached.stream().distinct().count() > MOST_ATTACHED) {
            throw IamFault.LIMIT_EXCEEDED.with(
                "Cannot exceed quota for PoliciesPerRole: %d", MOST_ATTACHED);
          }
          return role.attachedTo(attached);
        });
    return AttachRolePolicyResponse.builder().build();
  }

  @Override
  @Honours({"PolicyArn", "RoleName"})
  public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    var arn = IamRules.required("policyArn", request.policyArn());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          var attached = new ArrayList<>(role.attached());
          if (!attached.remove(arn)) {
            throw IamFault.NO_SUCH_ENTITY.with("Policy %s was not found.", arn);
          }
          return role.attachedTo(attached);
        });
    return DetachRolePolicyResponse.builder().build();
  }

  @Override
  @Honours({"Marker", "MaxItems", "PathPrefix", "RoleName"})
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    var attached =
        roles.find(IamRules.roleName(request.roleName())).attached().stream()
            .filter(arn -> arn.substring(arn.indexOf(":policy/") + 7).startsWith(prefix))
            .toList();
    var page = IamPage.of(attached, arn -> arn, request.marker(), request.maxItems());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items().stream().map(RolePolicyActions::attached).toList())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  private static AttachedPolicy attached(String arn) {
    return AttachedPolicy.builder()
        .policyArn(arn)
        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
        .build();
  }

  @Override
  @Honours(
      value = {"PolicyDocument", "PolicyName", "RoleName"},
      kept = {"PolicyDocument"})
  public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    var name = IamRules.policyName(request.policyName());
    var document = IamRules.policy(request.policyDocument());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          var policies = new HashMap<>(role.inline());
          policies.put(name, document);
          return role.holding(policies);
        });
    return PutRolePolicyResponse.builder().build();
  }

  @Override
  @Honours({"PolicyName", "RoleName"})
  public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    var name = IamRules.policyName(request.policyName());
    var role = roles.find(IamRules.roleName(request.roleName()));
    requirePolicy(role, name);
    return GetRolePolicyResponse.builder()
        .roleName(role.name())
        .policyName(name)
        .policyDocument(Roles.encoded(role.inline().get(name)))
        .build();
  }

  @Override
  @Honours({"PolicyName", "RoleName"})
  public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    var name = IamRules.policyName(request.policyName());
    roles.change(
        IamRules.roleName(request.roleName()),
        role -> {
          requirePolicy(role, name);
          var policies = new HashMap<>(role.inline());
          policies.remove(name);
          return role.holding(policies);
        });
    return DeleteRolePolicyResponse.builder().build();
  }

  private static void requirePolicy(StoredRole role, String name) {
    if (!role.inline().containsKey(name)) {
      throw IamFault.NO_SUCH_ENTITY.with("The role policy with name %s cannot be found.", name);
    }
  }

  @Override
  @Honours({"Marker", "MaxItems", "RoleName"})
  public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    var names = roles.find(IamRules.roleName(request.roleName())).inlineNames();
    var page = IamPage.of(names, name -> name, request.marker(), request.maxItems());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.isTruncated())
        .marker(page.marker())
        .build();
  }

  /// Terraform asks before it deletes a role.
  @Override
  @Honours(
      value = {"Marker", "MaxItems", "RoleName"},
      differs = "There are none.")
  public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    roles.find(IamRules.roleName(request.roleName()));
    IamPage.of(List.<String>of(), name -> name, request.marker(), request.maxItems());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }
}
