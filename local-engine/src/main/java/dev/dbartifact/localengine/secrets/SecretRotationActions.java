package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;

/// Only secrets that RDS manages rotate: there are no Lambda functions here.
final class SecretRotationActions extends SecretActions {

  private final MasterSecrets masterSecrets;

  SecretRotationActions(Vault vault, MasterSecrets masterSecrets) {
    super(vault);
    this.masterSecrets = masterSecrets;
  }

  @Override
  @Honours(
      value = {"SecretId", "ClientRequestToken", "RotationRules", "RotateImmediately"},
      differs =
          "Only secrets that RDS manages rotate, when asked: there are no Lambda functions and no schedule.")
  public RotateSecretResponse rotateSecret(RotateSecretRequest request) {
    var token = SecretRules.token(request.clientRequestToken());
    var secret = vault.live(request.secretId());
    if (secret.settings().owningService() == null) {
      throw SecretsFault.INVALID_REQUEST.with(
          "No Lambda rotation function ARN is associated with this secret.");
    }
    if (request.rotationRules() != null) {
      RotationSchedule.check(request.rotationRules());
    }
    var now = !Boolean.FALSE.equals(request.rotateImmediately());
    var staged =
        vault.changing(() -> {
          var ruled = ruled(idle(vault.live(secret.arn()), token), request.rotationRules());
          return now && masterSecrets.stage(ruled, token);
        });
    if (staged) {
      masterSecrets.begin(secret.arn());
    }
    return RotateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(now ? token : null)
        .build();
  }

  /// "If the AWSPENDING staging label is present but not attached to the same version as
  /// AWSCURRENT, then any later invocation of RotateSecret assumes that a previous rotation request
  /// is still in progress and returns an error" (RotateSecret in the API model). The same request,
  /// sent again, is no later one.
  private static StoredSecret idle(StoredSecret secret, String token) {
    secret
        .staged(StoredSecret.PENDING)
        .filter(each -> !each.versionStages().contains(StoredSecret.CURRENT))
        .filter(each -> !each.versionId().equals(token))
        .ifPresent(_ -> {
          throw SecretsFault.INVALID_REQUEST.with(
              "A previous rotation isn't complete. That rotation will be reattempted.");
        });
    return secret;
  }

  /// @param rules null to keep those that there are
  private StoredSecret ruled(StoredSecret secret, RotationRulesType rules) {
    if (rules == null) {
      return secret;
    }
    var next = RotationSchedule.next(rules, secret.settings().lastRotatedDate());
    return vault.put(secret.with(to -> to.rotationRules(rules).nextRotationDate(next)));
  }
}
