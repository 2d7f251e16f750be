package dev.dbartifact.localengine.rds;

import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

/// What a request says about the master password. Pure.
///
/// @param password null where none is given
/// @param manage whether RDS is to keep it, null where nothing is said
/// @param rotate whether RDS is to change it
/// @param kmsKeyId of the secret, null for the account's own
record PasswordRequest(String password, Boolean manage, boolean rotate, String kmsKeyId) {

  static PasswordRequest of(CreateDbClusterRequest request) {
    var wanted =
        new PasswordRequest(
            request.masterUserPassword(),
            request.manageMasterUserPassword(),
            false,
            request.masterUserSecretKmsKeyId());
    wanted.check();
    if (!wanted.isManaged()) {
      Rules.password(wanted.password);
    }
    return wanted;
  }

  static PasswordRequest of(ModifyDbClusterRequest request) {
    var wanted =
        new PasswordRequest(
            request.masterUserPassword(),
            request.manageMasterUserPassword(),
            Boolean.TRUE.equals(request.rotateMasterUserPassword()),
            request.masterUserSecretKmsKeyId());
    wanted.check();
    if (wanted.password != null) {
      Rules.password(wanted.password);
    }
    if (wanted.rotate && !Boolean.TRUE.equals(request.applyImmediately())) {
      throw refused(
          "You must apply the change immediately when you rotate the master user password: set"
              + " ApplyImmediately with RotateMasterUserPassword.");
    }
    return wanted;
  }

  boolean isManaged() {
    return Boolean.TRUE.equals(manage);
  }

  private void check() {
    if (isManaged() && password != null) {
      throw refused(
          "You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
    }
    if (!isManaged() && kmsKeyId != null) {
      throw refused("MasterUserSecretKmsKeyId can only be given with ManageMasterUserPassword.");
    }
  }

  /// Whether it suits the cluster as it is.
  void requireSuits(Cluster cluster) {
    var kept = ManagedPasswords.isManaged(cluster);
    if (Boolean.FALSE.equals(manage) && password == null) {
      throw refused("MasterUserPassword is required when ManageMasterUserPassword is disabled.");
    }
    if (manage == null && kept && password != null) {
      throw refused(
          "You can't specify MasterUserPassword: the password of DB cluster %s is managed in Secrets"
              + " Manager. Disable ManageMasterUserPassword in the same request.",
          cluster.id());
    }
    if (rotate && (!kept || Boolean.FALSE.equals(manage))) {
      throw refused(
          "You can't rotate the master user password: that of DB cluster %s is not managed in"
              + " Secrets Manager.",
          cluster.id());
    }
    if (kept
        && kmsKeyId != null
        && !kmsKeyId.equals(cluster.settings().masterUserSecret().kmsKeyId())) {
      throw refused(
          "You can't change the KMS key of the secret of DB cluster %s: it is managed already.",
          cluster.id());
    }
  }

  private static RuntimeException refused(String message, Object... values) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(message, values);
  }
}
