package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;

/// What secrets are, without their values.
final class SecretDescriptionActions extends SecretActions {

  SecretDescriptionActions(Vault vault) {
    super(vault);
  }

  @Override
  @Honours({"SecretId"})
  public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
    var secret = vault.find(request.secretId());
    return secret.settings().copy(to -> to.versionIdsToStages(stages(secret)));
  }

  private static Map<String, List<String>> stages(StoredSecret secret) {
    return secret.stages().isEmpty() ? null : secret.stages();
  }

  @Override
  @Honours({"Filters", "IncludePlannedDeletion", "MaxResults", "NextToken", "SortOrder", "SortBy"})
  public ListSecretsResponse listSecrets(ListSecretsRequest request) {
    var shown =
        SecretSearch.apply(request, vault.all()).stream()
            .map(SecretDescriptionActions::entry)
            .toList();
    var page =
        SecretPage.of(shown, SecretListEntry::arn, request.maxResults(), request.nextToken());
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
  @Honours({"SecretId", "Tags"})
  public TagResourceResponse tagResource(TagResourceRequest request) {
    SecretRules.requireGiven("tags", request.hasTags());
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
    SecretRules.requireGiven("tagKeys", request.hasTagKeys());
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
}
