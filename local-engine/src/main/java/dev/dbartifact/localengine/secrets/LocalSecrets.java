package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.*;

/// Secrets Manager. Values lie on the disk as they are, readable by their owner only: the KMS key
/// is metadata.
public final class LocalSecrets implements SecretsManagerClient {

  private final Vault vault;
  private final MasterSecrets masterSecrets;

  public LocalSecrets(Vault vault, MasterSecrets masterSecrets) {
    this.vault = vault;
    this.masterSecrets = masterSecrets;
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
    var same =
        there.version(token).filter(v -> same(v, request.secretString(), request.secretBinary()));
    if (same.isEmpty()) {
      throw SecretsFault.RESOURCE_EXISTS.with(
          "The operation failed because the secret %s already exists.", there.name());
    }
    return created(there, token);
  }

  private static boolean same(GetSecretValueResponse version, String text, SdkBytes binary) {
    return Objects.equals(version.secretString(), text)
        && Objects.equals(version.secretBinary(), binary);
  }

  private static CreateSecretResponse created(StoredSecret secret, String version) {
    return CreateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }

  @Override
  @Honours({"SecretId", "VersionId", "VersionStage"})
  public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
    return vault.changing(() -> {
      var secret = vault.live(request.secretId());
      var version = chosen(secret, request);
      var today = vault.clock().instant().truncatedTo(ChronoUnit.DAYS);
      if (!today.equals(secret.settings().lastAccessedDate())) {
        vault.put(secret.with(to -> to.lastAccessedDate(today)));
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
      var secret = own(request.secretId());
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
      if (!same(there.get(), text, binary)) {
        throw SecretsFault.RESOURCE_EXISTS.with(
            "A resource with the ID you requested already exists.");
      }
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

  /// One whose value only its service changes is refused.
  private StoredSecret own(String secretId) {
    var secret = vault.live(secretId);
    requireNotManaged(secret);
    return secret;
  }

  private static void requireNotManaged(StoredSecret secret) {
    if (secret.settings().owningService() != null) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You can't modify or delete the secret %s: it is managed by %s.",
          secret.name(), secret.settings().owningService());
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
      var secret = own(request.secretId());
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
      var secret = own(request.secretId());
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
  @Honours({"SecretId"})
  public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
    var secret = vault.find(request.secretId());
    return secret.settings().copy(to -> to.versionIdsToStages(stages(secret)));
  }

  private static java.util.Map<String, List<String>> stages(StoredSecret secret) {
    return secret.stages().isEmpty() ? null : secret.stages();
  }

  @Override
  @Honours({"Filters", "IncludePlannedDeletion", "MaxResults", "NextToken", "SortOrder", "SortBy"})
  public ListSecretsResponse listSecrets(ListSecretsRequest request) {
    var shown = SecretSearch.apply(request, vault.all()).stream().map(LocalSecrets::entry).toList();
    var page = SecretPage.of(shown, request.maxResults(), request.nextToken());
    return ListSecretsResponse.builder()
        .secretList(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static SecretListEntry entry(StoredSecret secret) {
    var settings = secret.settings();
    return SecretListEntry.builder()
        .arn(settings.arn())
        .name(settings.name())
        .description(settings.description())
        .kmsKeyId(settings.kmsKeyId())
        .rotationEnabled(settings.rotationEnabled())
        .rotationRules(settings.rotationRules())
        .lastRotatedDate(settings.lastRotatedDate())
        .nextRotationDate(settings.nextRotationDate())
        .lastChangedDate(settings.lastChangedDate())
        .lastAccessedDate(settings.lastAccessedDate())
        .deletedDate(settings.deletedDate())
        .createdDate(settings.createdDate())
        .owningService(settings.owningService())
        .tags(settings.hasTags() ? settings.tags() : null)
        .secretVersionsToStages(stages(secret))
        .build();
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
                    .build())
            .toList();
    var page = SecretPage.of(shown, request.maxResults(), request.nextToken());
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versions(page.items())
        .nextToken(page.nextToken())
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
      var secret = force ? vault.find(request.secretId()) : vault.live(request.secretId());
      requireNotManaged(secret);
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

  @Override
  @Honours({"SecretId"})
  public RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
    return vault.changing(() -> {
      var secret = vault.find(request.secretId()).with(to -> to.deletedDate(null));
      vault.put(secret);
      return RestoreSecretResponse.builder().arn(secret.arn()).name(secret.name()).build();
    });
  }

  @Override
  @Honours({"SecretId", "Tags"})
  public TagResourceResponse tagResource(TagResourceRequest request) {
    SecretRules.tags(request.tags());
    return vault.changing(() -> {
      var secret = vault.live(request.secretId());
      var tags = new LinkedHashMap<String, Tag>();
      secret.settings().tags().forEach(tag -> tags.put(tag.key(), tag));
      request.tags().forEach(tag -> tags.put(tag.key(), tag));
      SecretRules.mostTags(tags.size());
      vault.put(secret.with(to -> to.tags(List.copyOf(tags.values()))));
      return TagResourceResponse.builder().build();
    });
  }

  @Override
  @Honours({"SecretId", "TagKeys"})
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    request.tagKeys().forEach(SecretRules::tagKey);
    return vault.changing(() -> {
      var secret = vault.live(request.secretId());
      var left =
          secret.settings().tags().stream()
              .filter(tag -> !request.tagKeys().contains(tag.key()))
              .toList();
      vault.put(secret.with(to -> to.tags(left)));
      return UntagResourceResponse.builder().build();
    });
  }

  /// Only secrets that RDS manages rotate: there are no Lambda functions here.
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

  /// No secret has a policy: everybody here is the account's owner.
  @Override
  @Honours(
      value = {"SecretId"},
      differs = "There are no policies.")
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    var secret = vault.find(request.secretId());
    return GetResourcePolicyResponse.builder().arn(secret.arn()).name(secret.name()).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
