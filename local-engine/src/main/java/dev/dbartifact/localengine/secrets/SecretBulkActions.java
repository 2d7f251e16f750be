package dev.dbartifact.localengine.secrets;

import dev.dbartifact.localengine.wire.Honours;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/// The values of several secrets at once, and passwords that belong to none yet.
final class SecretBulkActions extends SecretActions {

  private static final int MOST = 20;

  private final SecretValueActions values;

  SecretBulkActions(Vault vault, SecretValueActions values) {
    super(vault);
    this.values = values;
  }

  @Override
  @Honours({"SecretIdList", "Filters", "MaxResults", "NextToken"})
  public BatchGetSecretValueResponse batchGetSecretValue(BatchGetSecretValueRequest request) {
    check(request);
    var asked = request.hasSecretIdList() ? request.secretIdList() : found(request);
    var page =
        SecretPage.of(
            asked,
            Function.identity(),
            request.maxResults() == null ? MOST : request.maxResults(),
            request.nextToken());
    var shown = new ArrayList<SecretValueEntry>();
    var errors = new ArrayList<APIErrorType>();
    for (var id : page.items()) {
      try {
        shown.add(entry(values.getSecretValue(to -> to.secretId(id))));
      } catch (SecretsManagerException e) {
        errors.add(error(id, e));
      }
    }
    return BatchGetSecretValueResponse.builder()
        .secretValues(shown)
        .errors(errors)
        .nextToken(page.nextToken())
        .build();
  }

  private static void check(BatchGetSecretValueRequest request) {
    if (request.secretIdList().isEmpty() == request.filters().isEmpty()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    if (request.maxResults() != null && request.filters().isEmpty()) {
      throw SecretsFault.INVALID_PARAMETER.with(
          "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.");
    }
    if (request.secretIdList().size() > MOST
        || request.maxResults() != null && request.maxResults() > MOST) {
      throw SecretsFault.INVALID_PARAMETER.with("A batch holds at most %d secrets.", MOST);
    }
  }

  private List<String> found(BatchGetSecretValueRequest request) {
    var search = ListSecretsRequest.builder().filters(request.filters()).build();
    return SecretSearch.apply(search, vault.all()).stream().map(StoredSecret::arn).toList();
  }

  private static SecretValueEntry entry(GetSecretValueResponse value) {
    return SecretValueEntry.builder()
        .arn(value.arn())
        .name(value.name())
        .versionId(value.versionId())
        .secretBinary(value.secretBinary())
        .secretString(value.secretString())
        .versionStages(value.versionStages())
        .createdDate(value.createdDate())
        .build();
  }

  private static APIErrorType error(String secretId, SecretsManagerException fault) {
    return APIErrorType.builder()
        .secretId(secretId)
        .errorCode(fault.awsErrorDetails().errorCode())
        .message(fault.awsErrorDetails().errorMessage())
        .build();
  }

  @Override
  @Honours({
    "PasswordLength",
    "ExcludeCharacters",
    "ExcludeNumbers",
    "ExcludePunctuation",
    "ExcludeUppercase",
    "ExcludeLowercase",
    "IncludeSpace",
    "RequireEachIncludedType"
  })
  public GetRandomPasswordResponse getRandomPassword(GetRandomPasswordRequest request) {
    return GetRandomPasswordResponse.builder().randomPassword(RandomPassword.of(request)).build();
  }
}
