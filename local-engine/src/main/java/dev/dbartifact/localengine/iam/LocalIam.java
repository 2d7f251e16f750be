package dev.dbartifact.localengine.iam;

import dev.dbartifact.localengine.sts.RoleIds;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.ServiceFault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/// The little of IAM that is needed: looking up roles. Every role with a well-formed name exists,
/// and trusts RDS; the service-linked role of RDS is the only one that is listed.
public final class LocalIam implements IamClient {

  private static final String NAME = "[\\w+=,.@-]{1,64}";
  private static final String SERVICE_ROLE = "AWSServiceRoleForRDS";
  private static final String SERVICE_PATH = "/aws-service-role/rds.amazonaws.com/";
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;

  private final String account;

  public LocalIam(String account) {
    this.account = account;
  }

  @Override
  @Honours(
      value = {"RoleName"},
      differs =
          "Every well-formed name is a role that RDS could assume: there is no store of roles.")
  public GetRoleResponse getRole(GetRoleRequest request) {
    var name = request.roleName();
    if (name == null) {
      throw fault(
          IamException.builder(),
          "ValidationError",
          400,
          "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member"
              + " must not be null");
    }
    if (!name.matches(NAME)) {
      throw fault(
          NoSuchEntityException.builder(),
          "NoSuchEntity",
          404,
          "The role with name %s cannot be found.".formatted(name));
    }
    return GetRoleResponse.builder()
        .role(role(name.equals(SERVICE_ROLE) ? SERVICE_PATH : "/", name))
        .build();
  }

  @Override
  @Honours(
      value = {"PathPrefix", "Marker", "MaxItems"},
      differs = "Shows the service-linked role of RDS only.")
  public ListRolesResponse listRoles(ListRolesRequest request) {
    var prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    return ListRolesResponse.builder()
        .roles(
            SERVICE_PATH.startsWith(prefix) ? List.of(role(SERVICE_PATH, SERVICE_ROLE)) : List.of())
        .isTruncated(false)
        .build();
  }

  private Role role(String path, String name) {
    var arn = "arn:aws:iam::%s:role%s%s".formatted(account, path, name);
    return Role.builder()
        .path(path)
        .roleName(name)
        .roleId(RoleIds.of(arn))
        .arn(arn)
        .createDate(LONG_AGO)
        .assumeRolePolicyDocument(URLEncoder.encode(TRUST, StandardCharsets.UTF_8))
        .maxSessionDuration(3600)
        .build();
  }

  private static RuntimeException fault(
      IamException.Builder exception, String code, int status, String message) {
    return ServiceFault.of(exception, code, status, message);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
