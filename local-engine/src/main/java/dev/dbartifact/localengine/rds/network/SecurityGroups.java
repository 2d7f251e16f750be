package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// The security groups that a cluster or a plain instance is in, which are only remembered.
public final class SecurityGroups {

  private SecurityGroups() {}

  /// @param ids such as `sg-0a100000000000001`
  public static List<VpcSecurityGroupMembership> of(List<String> ids) {
    Rules.securityGroups(ids);
    return ids.stream()
        .distinct()
        .map(id -> VpcSecurityGroupMembership.builder().vpcSecurityGroupId(id).status("active"))
        .map(VpcSecurityGroupMembership.Builder::build)
        .toList();
  }

  /// The same; that of the default VPC where none is asked for.
  public static List<VpcSecurityGroupMembership> orDefault(List<String> ids) {
    return of(ids.isEmpty() ? List.of(Home.SECURITY_GROUP) : ids);
  }
}
