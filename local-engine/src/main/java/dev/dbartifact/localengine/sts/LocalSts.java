package dev.dbartifact.localengine.sts;

import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// The little of STS that is needed: who am I.
public final class LocalSts implements StsClient {

  private final String account;
  private final String user;

  /// @param account 12 digits
  /// @param user the name of the one user there is
  public LocalSts(String account, String user) {
    this.account = account;
    // IAM user names hold letters, digits and + = , . @ _ -
    this.user = user.replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
  }

  @Override
  @Honours({})
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    return GetCallerIdentityResponse.builder()
        .account(account)
        .userId("AIDALOCALENGINEUSER00")
        .arn("arn:aws:iam::%s:user/%s".formatted(account, user))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
