package dev.dbartifact.localengine.secrets;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Some of the actions of Secrets Manager: each is a method of the client that is overridden here.
abstract class SecretActions implements SecretsManagerClient {

  final Vault vault;

  SecretActions(Vault vault) {
    this.vault = vault;
  }

  /// One whose value only its service changes is refused.
  static StoredSecret notManaged(StoredSecret secret) {
    if (secret.settings().owningService() != null) {
      throw SecretsFault.INVALID_REQUEST.with(
          "You can't modify or delete the secret %s: it is managed by %s.",
          secret.name(), secret.settings().owningService());
    }
    return secret;
  }

  @Override
  public final String serviceName() {
    return SERVICE_NAME;
  }

  /// Holds nothing.
  @Override
  public final void close() {}
}
