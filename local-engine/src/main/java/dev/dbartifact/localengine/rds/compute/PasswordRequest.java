package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/// What a request says about the master password. Pure.
///
/// @param password null where none is given
/// @param manage whether RDS is to keep it, null where nothing is said
/// @param rotate whether RDS is to change it
/// @param kmsKeyId of the secret, null for the account's own
public record PasswordRequest(String password, Boolean manage, boolean rotate, String kmsKeyId) {

  private static final Set<String> FIELDS =
      Set.of("ManageMasterUserPassword", "MasterUserPassword", "MasterUserSecretKmsKeyId");

  /// Whether it says nothing of one.
  public boolean isEmpty() {
    return password == null && manage == null && !rotate;
  }

  public static PasswordRequest of(CreateDbClusterRequest request) {
    var wanted =
        new PasswordRequest(
            request.masterUserPassword(),
            request.manageMasterUserPassword(),
            false,
            request.masterUserSecretKmsKeyId());
    wanted.check();
    if (!wanted.isManaged()) {
      Rules.password(wanted.password);
      Rules.passwordLength(wanted.password, Engine.of(request.engine()).longestPassword());
    }
    return wanted;
  }

  public static PasswordRequest of(ModifyDbClusterRequest request) {
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

  /// Of a plain instance.
  public static PasswordRequest of(CreateDbInstanceRequest request) {
    var same = CreateDbClusterRequest.builder();
    Fields.copy(request, same, FIELDS);
    Fields.copy(request, same, Set.of("Engine"));
    return of(same.build());
  }

  /// Of a restore, whose password is its source's unless RDS is to keep it.
  public static PasswordRequest ofRestore(CreateDbInstanceRequest request) {
    var wanted =
        new PasswordRequest(
            null, request.manageMasterUserPassword(), false, request.masterUserSecretKmsKeyId());
    wanted.check();
    return wanted;
  }

  public static PasswordRequest of(ModifyDbInstanceRequest request) {
    var same = ModifyDbClusterRequest.builder();
    Fields.copy(request, same, FIELDS);
    Fields.copy(request, same, Set.of("ApplyImmediately", "RotateMasterUserPassword"));
    return of(same.build());
  }

  PasswordRequest with(String otherKey) {
    return new PasswordRequest(password, manage, rotate, otherKey);
  }

  public boolean isManaged() {
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
  ///
  /// @param secretKey the ARN of the key of the secret that the cluster has, null without one
  void requireSuits(Cluster cluster, String secretKey) {
    if (password != null) {
      Rules.passwordLength(password, Engine.of(cluster.settings().engine()).longestPassword());
    }
    var kept = cluster.hasManagedPassword();
    if (Boolean.FALSE.equals(manage) && password == null) {
      throw refused("MasterUserPassword is required when ManageMasterUserPassword is disabled.");
    }
    if (manage == null && kept && password != null) {
      throw refused(
          "You can't specify MasterUserPassword: the password of DB %s %s is managed in Secrets"
              + " Manager. Disable ManageMasterUserPassword in the same request.",
          cluster.noun(), cluster.id());
    }
    if (rotate && (!kept || Boolean.FALSE.equals(manage))) {
      throw refused(
          "You can't rotate the master user password: that of DB %s %s is not managed in"
              + " Secrets Manager.",
          cluster.noun(), cluster.id());
    }
    if (kept && kmsKeyId != null && !kmsKeyId.equals(secretKey)) {
      throw refused(
          "You can't change the KMS key of the secret of DB %s %s: it is managed already.",
          cluster.noun(), cluster.id());
    }
  }

  private static RuntimeException refused(String message, Object... values) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(message, values);
  }
}
