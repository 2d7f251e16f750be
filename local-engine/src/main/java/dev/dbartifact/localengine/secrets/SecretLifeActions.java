package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;

/// Secrets come and go.
final class SecretLifeActions extends SecretActions {

  SecretLifeActions(Vault vault) {
    super(vault);
  }

  @Override
  @Honours(
      value = {
        "Name",
        "ClientRequestToken",
        "Description",
        "KmsKeyId",
        "SecretBinary",
        "SecretString",
        "Tags",
        "ForceOverwriteReplicaSecret"
      },
      kept = {"Description", "ForceOverwriteReplicaSecret", "KmsKeyId"},
      differs = "Values are kept in files readable by their owner only, not encrypted.")
  public CreateSecretResponse createSecret(CreateSecretRequest request) {
    var name = SecretRules.newName(request.name());
    var token = SecretRules.token(request.clientRequestToken());
    SecretRules.value(request.secretString(), request.secretBinary(), false);
    SecretRules.tags(request.tags());
    return vault.changing(() -> {
      var there = vault.all().stream().filter(each -> each.name().equals(name)).findFirst();
      if (there.isPresent()) {
        return again(there.get(), token, request);
      }
      var secret =
          vault.fresh(
              name,
              to ->
                  to.description(request.description())
                      .kmsKeyId(request.kmsKeyId())
                      .tags(request.hasTags() ? request.tags() : null));
      var valued = withValue(secret, token, request.secretString(), request.secretBinary());
      vault.put(valued);
      return created(valued, valued.versions().isEmpty() ? null : token);
    });
  }

  private StoredSecret withValue(StoredSecret secret, String token, String text, SdkBytes binary) {
    return text == null && binary == null
        ? secret
        : secret.add(vault.version(secret, token, text, binary), List.of(StoredSecret.CURRENT));
  }

  /// A request that is sent twice succeeds twice.
  private static CreateSecretResponse again(
      StoredSecret there, String token, CreateSecretRequest request) {
    if (there.isDeleted()) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    var version =
        there
            .version(token)
            .orElseThrow(() ->
                SecretsFault.RESOURCE_EXISTS.with(
                    "The operation failed because the secret %s already exists.", there.name()));
    SecretValueActions.requireSame(there, version, request.secretString(), request.secretBinary());
    return created(there, token);
  }

  private static CreateSecretResponse created(StoredSecret secret, String version) {
    return CreateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }

  @Override
  @Honours({"SecretId", "RecoveryWindowInDays", "ForceDeleteWithoutRecovery"})
  public DeleteSecretResponse deleteSecret(DeleteSecretRequest request) {
    var force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
    var days =
        SecretRules.recoveryWindow(
            request.recoveryWindowInDays(), request.forceDeleteWithoutRecovery());
    return vault.changing(() -> {
      if (force && !vault.has(request.secretId())) {
        return neverThere(request.secretId());
      }
      var secret =
          notManaged(force ? vault.find(request.secretId()) : vault.live(request.secretId()));
      var now = vault.clock().instant();
      var end = force ? now : now.plus(Duration.ofDays(days));
      if (force) {
        vault.remove(secret);
      } else {
        vault.put(secret.with(to -> to.deletedDate(end)));
      }
      return DeleteSecretResponse.builder()
          .arn(secret.arn())
          .name(secret.name())
          .deletionDate(end)
          .build();
    });
  }

  /// See DeleteSecret in the API reference: to force the end of a secret that is not there is no
  /// fault.
  private DeleteSecretResponse neverThere(String nameOrArn) {
    var name = nameOrArn.replaceFirst("^arn:.*:secret:(.*)-[a-zA-Z0-9]{6}$", "$1");
    var secret = vault.fresh(name, to -> to);
    return DeleteSecretResponse.builder()
        .arn(name.equals(nameOrArn) ? secret.arn() : nameOrArn)
        .name(name)
        .deletionDate(vault.clock().instant())
        .build();
  }

  @Override
  @Honours({"SecretId"})
  public RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
    return vault.changing(() -> {
      var secret = vault.find(request.secretId()).with(to -> to.deletedDate(null));
      vault.put(secret);
      return RestoreSecretResponse.builder().arn(secret.arn()).name(secret.name()).build();
    });
  }
}
