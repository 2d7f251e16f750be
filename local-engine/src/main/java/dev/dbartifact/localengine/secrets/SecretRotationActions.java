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
    var turn = vault.changing(() -> turn(vault.live(secret.arn()), token, request));
    if (turn != Turn.OVER) {
      masterSecrets.begin(secret.arn());
    }
    if (turn == Turn.OF_ANOTHER) {
      throw SecretsFault.INVALID_REQUEST.with(
          "A previous rotation isn't complete. That rotation will be reattempted.");
    }
    return RotateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(isNow(request) ? token : null)
        .build();
  }

  /// Which rotation is to be gone on with.
  private enum Turn {
    OF_THIS,
    OF_ANOTHER,
    OVER
  }

  /// Stages what this request asks for, unless another one is not over yet. That may have broken
  /// off.
  private Turn turn(StoredSecret secret, String token, RotateSecretRequest request) {
    if (!isIdle(secret, token)) {
      return Turn.OF_ANOTHER;
    }
    var ruled = ruled(secret, request.rotationRules());
    return isNow(request) && masterSecrets.stage(ruled, token) ? Turn.OF_THIS : Turn.OVER;
  }

  private static boolean isNow(RotateSecretRequest request) {
    return !Boolean.FALSE.equals(request.rotateImmediately());
  }

  /// "If the AWSPENDING staging label is present but not attached to the same version as
  /// AWSCURRENT, then any later invocation of RotateSecret assumes that a previous rotation request
  /// is still in progress and returns an error" (RotateSecret in the API model). The same request,
  /// sent again, is no later one.
  private static boolean isIdle(StoredSecret secret, String token) {
    return secret
        .staged(StoredSecret.PENDING)
        .filter(each -> !each.versionStages().contains(StoredSecret.CURRENT))
        .filter(each -> !each.versionId().equals(token))
        .isEmpty();
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
