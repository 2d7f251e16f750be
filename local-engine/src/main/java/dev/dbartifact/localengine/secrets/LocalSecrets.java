package dev.dbartifact.localengine.secrets;

import java.util.List;

/// Secrets Manager. Values lie on the disk as they are, readable by their owner only: the KMS key
/// is metadata.
public final class LocalSecrets {

  private static final List<Class<? extends SecretActions>> ACTIONS =
      List.of(
          SecretLifeActions.class,
          SecretValueActions.class,
          SecretBulkActions.class,
          SecretDescriptionActions.class,
          SecretRotationActions.class);

  private final SecretValueActions values;
  private final List<SecretActions> actions;

  public LocalSecrets(Vault vault, MasterSecrets masterSecrets) {
    values = new SecretValueActions(vault);
    actions =
        List.of(
            new SecretLifeActions(vault),
            values,
            new SecretBulkActions(vault, values),
            new SecretDescriptionActions(vault),
            new SecretRotationActions(vault, masterSecrets));
  }

  /// What share the actions among them; each overrides some methods of the SDK's client.
  public Object[] actions() {
    return actions.toArray();
  }

  /// The classes of [#actions], without an engine.
  public static Class<?>[] actionClasses() {
    return ACTIONS.toArray(Class<?>[]::new);
  }

  /// The current value, for the services around.
  ///
  /// @param secretId name or ARN
  /// @return null where the value is no text
  public String text(String secretId) {
    return values.getSecretValue(request -> request.secretId(secretId)).secretString();
  }
}
