package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretResponse;

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
      vault.changing(() ->
          vault.put(
              vault.live(secret.arn()).with(to -> to.rotationRules(request.rotationRules()))));
    }
    var now = !Boolean.FALSE.equals(request.rotateImmediately());
    if (now) {
      masterSecrets.rotate(secret.arn(), token);
    }
    return RotateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(now ? token : null)
        .build();
  }
}
