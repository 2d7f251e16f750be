package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/// The values of secrets, and the stages that lead to them.
final class SecretValueActions extends SecretActions {

  SecretValueActions(Vault vault) {
    super(vault);
  }

  @Override
  @Honours({"SecretId", "VersionId", "VersionStage"})
  public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    return vault.changing(() -> {
      var secret = vault.live(request.secretId());
      var version = chosen(secret, request);
      var today = vault.clock().instant().truncatedTo(ChronoUnit.DAYS);
      var read = secret.read(version.versionId(), today);
      if (!read.equals(secret)) {
        vault.put(read);
      }
      return version;
    });
  }

  private static GetSecretValueResponse chosen(StoredSecret secret, GetSecretValueRequest request) {
    if (request.versionId() == null) {
      var stage = request.versionStage() == null ? StoredSecret.CURRENT : request.versionStage();
      return secret.staged(stage).orElseThrow(() -> noValue("staging label: " + stage));
    }
    var version =
        secret
            .version(request.versionId())
            .orElseThrow(() -> noValue("VersionId: " + request.versionId()));
    if (request.versionStage() != null
        && !version.versionStages().contains(request.versionStage())) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  private static RuntimeException noValue(String which) {
    return SecretsFault.RESOURCE_NOT_FOUND.with(
        "Secrets Manager can't find the specified secret value for %s", which);
  }

  @Override
  @Honours({"SecretId", "ClientRequestToken", "SecretBinary", "SecretString", "VersionStages"})
  public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
    var token = SecretRules.token(request.clientRequestToken());
    SecretRules.value(request.secretString(), request.secretBinary(), true);
    var stages =
        request.versionStages().isEmpty() ? List.of(StoredSecret.CURRENT) : request.versionStages();
    return vault.changing(() -> {
      var secret = notManaged(vault.live(request.secretId()));
      var put = added(secret, token, request.secretString(), request.secretBinary(), stages);
      vault.put(put);
      return PutSecretValueResponse.builder()
          .arn(put.arn())
          .name(put.name())
          .versionId(token)
          .versionStages(put.version(token).orElseThrow().versionStages())
          .build();
    });
  }

  private StoredSecret added(
      StoredSecret secret, String token, String text, SdkBytes binary, List<String> stages) {
    var there = secret.version(token);
    if (there.isPresent()) {
      requireSame(secret, there.get(), text, binary);
      return secret;
    }
    // The first version is always current.
    var labels = new ArrayList<>(stages);
    if (secret.versions().isEmpty() && !labels.contains(StoredSecret.CURRENT)) {
      labels.add(StoredSecret.CURRENT);
    }
    var now = vault.clock().instant();
    return secret
        .add(vault.version(secret, token, text, binary), labels)
        .with(to -> to.lastChangedDate(now));
  }

  /// A request that is sent twice says the same twice.
  static void requireSame(
      StoredSecret secret, GetSecretValueResponse version, String text, SdkBytes binary) {
    if (!Objects.equals(version.secretString(), text)
        || !Objects.equals(version.secretBinary(), binary)) {
      throw SecretsFault.RESOURCE_EXISTS.with(
          "You can't use ClientRequestToken %s because that value is already in use for a version"
              + " of secret %s.",
          version.versionId(), secret.arn());
    }
  }

  @Override
  @Honours(
      value = {
        "SecretId",
        "ClientRequestToken",
        "Description",
        "KmsKeyId",
        "SecretBinary",
        "SecretString"
      },
      kept = {"Description", "KmsKeyId"})
  public UpdateSecretResponse updateSecret(UpdateSecretRequest request) {
    SecretRules.value(request.secretString(), request.secretBinary(), false);
    var valued = request.secretString() != null || request.secretBinary() != null;
    var token = valued ? SecretRules.token(request.clientRequestToken()) : null;
    return vault.changing(() -> {
      var secret = notManaged(vault.live(request.secretId()));
      var now = vault.clock().instant();
      var updated =
          (valued
                  ? added(
                      secret,
                      token,
                      request.secretString(),
                      request.secretBinary(),
                      List.of(StoredSecret.CURRENT))
                  : secret)
              .with(to -> {
                to.lastChangedDate(now);
                if (request.description() != null) {
                  to.description(request.description());
                }
                return request.kmsKeyId() == null ? to : to.kmsKeyId(request.kmsKeyId());
              });
      vault.put(updated);
      return UpdateSecretResponse.builder()
          .arn(updated.arn())
          .name(updated.name())
          .versionId(token)
          .build();
    });
  }

  @Override
  @Honours({"SecretId", "VersionStage", "MoveToVersionId", "RemoveFromVersionId"})
  public UpdateSecretVersionStageResponse updateSecretVersionStage(
      UpdateSecretVersionStageRequest request) {
    var stage = SecretRules.required("versionStage", request.versionStage());
    return vault.changing(() -> {
      var secret = notManaged(vault.live(request.secretId()));
      requireMovable(secret, stage, request);
      vault.put(secret.move(stage, request.moveToVersionId()));
      return UpdateSecretVersionStageResponse.builder()
          .arn(secret.arn())
          .name(secret.name())
          .build();
    });
  }

  private static void requireMovable(
      StoredSecret secret, String stage, UpdateSecretVersionStageRequest request) {
    var to = request.moveToVersionId();
    if (to != null && secret.version(to).isEmpty()) {
      throw noValue("VersionId: " + to);
    }
    if (to == null && stage.equals(StoredSecret.CURRENT)) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    }
    var from = secret.staged(stage).map(GetSecretValueResponse::versionId);
    if (from.isPresent()
        && !from.get().equals(request.removeFromVersionId())
        && !from.get().equals(to)) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached"
              + " to version %s, so you must explicitly reference that version in"
              + " RemoveFromVersionId.",
          stage, from.get());
    }
    if (from.isEmpty() && request.removeFromVersionId() != null) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "Staging label %s is not attached to version %s.", stage, request.removeFromVersionId());
    }
  }

  @Override
  @Honours({"SecretId", "IncludeDeprecated", "MaxResults", "NextToken"})
  public ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest request) {
    var secret = vault.find(request.secretId());
    var shown =
        secret.versions().stream()
            .filter(each ->
                Boolean.TRUE.equals(request.includeDeprecated()) || !each.versionStages().isEmpty())
            .map(each ->
                SecretVersionsListEntry.builder()
                    .versionId(each.versionId())
                    .versionStages(each.versionStages())
                    .createdDate(each.createdDate())
                    .lastAccessedDate(secret.read(each.versionId()))
                    .kmsKeyIds(key(secret))
                    .build())
            .toList();
    var page =
        SecretPage.of(
            shown, SecretVersionsListEntry::versionId, request.maxResults(), request.nextToken());
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versions(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /// Which key encrypts a version; AWS calls the account's own so.
  private static String key(StoredSecret secret) {
    var key = secret.settings().kmsKeyId();
    return key == null ? "DefaultEncryptionKey" : key;
  }
}
