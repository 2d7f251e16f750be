package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.Secret;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.MasterUserSecret;

/// The master passwords that RDS makes, keeps in Secrets Manager, and rotates.
///
/// See "Password management with Amazon RDS and AWS Secrets Manager" in the Aurora User Guide.
public final class ManagedPasswords implements MasterSecrets.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(ManagedPasswords.class);

  private static final String CREATING = "creating";
  private static final String ROTATING = "rotating";

  private final Catalog catalog;
  private final Home home;
  private final Supplier<MasterSecrets> secrets;
  private final MasterPasswords passwords;
  private final Work work;

  /// @param secrets is asked when the first password is managed
  public ManagedPasswords(
      Catalog catalog,
      Home home,
      Supplier<MasterSecrets> secrets,
      MasterPasswords passwords,
      Work work) {
    this.catalog = catalog;
    this.home = home;
    this.secrets = secrets;
    this.passwords = passwords;
    this.work = work;
  }

  /// The request with the ARN of the key that it names.
  public PasswordRequest known(PasswordRequest wanted) {
    return wanted.kmsKeyId() == null ? wanted : wanted.with(home.key(wanted.kmsKeyId()));
  }

  /// Refuses what does not suit the cluster as it is.
  ///
  /// @param wanted is [#known]
  public void requireSuits(PasswordRequest wanted, Cluster cluster) {
    wanted.requireSuits(cluster, keyOf(cluster));
  }

  /// The ARN of the key of the secret, null without one. An earlier engine kept the name that was
  /// given, whatever it was.
  private String keyOf(Cluster cluster) {
    var secret = cluster.settings().masterUserSecret();
    var name = secret == null ? null : secret.kmsKeyId();
    return name == null ? null : home.knownKey(name).orElse(name);
  }

  /// Makes the secret. The cluster, not yet remembered, is `creating` it until a login works.
  ///
  /// @param kmsKeyId its ARN, null for the account's own key
  public Cluster keep(Cluster cluster, Secret password, String kmsKeyId) {
    var of = cluster.settings();
    var arn =
        secrets
            .get()
            .create(
                cluster.isPlain() ? MasterSecrets.Kind.INSTANCE : MasterSecrets.Kind.CLUSTER,
                of.dbClusterArn(),
                of.masterUsername(),
                password,
                kmsKeyId);
    var shown =
        MasterUserSecret.builder()
            .secretArn(arn)
            .secretStatus(CREATING)
            .kmsKeyId(kmsKeyId == null ? home.defaultKey() : kmsKeyId)
            .build();
    return cluster.with(builder -> builder.masterUserSecret(shown));
  }

  /// Gives a cluster, which is made with the data of another and not yet remembered, a password of
  /// RDS's own.
  public Cluster begin(Cluster cluster, String kmsKeyId) {
    return begin(cluster, kmsKeyId, _ -> {});
  }

  private Cluster begin(Cluster cluster, String kmsKeyId, Consumer<Cluster> remember) {
    var password = MasterSecrets.newPassword();
    var kept = keep(cluster, password, kmsKeyId);
    CrashPoint.SECRET_UNUSED.reached();
    remember.accept(kept);
    passwords.change(kept, password, () -> activate(kept));
    return kept;
  }

  /// Does what a request says about the master password.
  ///
  /// @param modified as it is to be, not yet remembered; it is afterwards
  /// @return with the secret that it has from now on
  public Cluster apply(Cluster modified, PasswordRequest wanted) {
    if (wanted.isManaged() && !modified.hasManagedPassword()) {
      return beginForSure(modified, wanted.kmsKeyId());
    }
    var kept = modified;
    if (wanted.password() != null) {
      // Remembered first: the next start removes a secret that no cluster names, and can do nothing
      // for a cluster whose secret is gone.
      kept = passwords.changeForSure(withoutSecret(modified), new Secret(wanted.password()));
      CrashPoint.SECRET_DISOWNED.reached();
      forget(modified);
    } else {
      catalog.clusters.put(kept);
    }
    if (wanted.rotate()) {
      rotate(kept);
    }
    return kept;
  }

  /// As [#begin], of a cluster that is remembered: before its server learns the password, or an end
  /// in between would leave a secret that nobody has, and nobody with the password.
  private Cluster beginForSure(Cluster cluster, String kmsKeyId) {
    return begin(cluster, kmsKeyId, catalog.clusters::put);
  }

  private void rotate(Cluster cluster) {
    secrets.get().rotate(arn(cluster), UUID.randomUUID().toString());
  }

  private static Cluster withoutSecret(Cluster cluster) {
    return cluster.hasManagedPassword()
        ? cluster.with(builder -> builder.masterUserSecret((MasterUserSecret) null))
        : cluster;
  }

  /// Deletes the secret of a cluster that is gone, or names it no longer, if it had one.
  public void forget(Cluster cluster) {
    if (cluster.hasManagedPassword()) {
      secrets.get().delete(arn(cluster));
    }
  }

  @Override
  public void changePassword(String secretArn, Secret password, Runnable done) {
    catalog.changing(() -> {
      var cluster = owner(secretArn).orElseThrow(() -> NamedClusters.notFound(secretArn));
      catalog.clusters.put(cluster.withSecret(ROTATING));
      passwords.change(
          cluster,
          password,
          () -> {
            done.run();
            CrashPoint.SECRET_ROTATED.reached();
            activate(cluster);
          });
    });
  }

  private Optional<Cluster> owner(String secretArn) {
    return catalog.clusters.all().stream()
        .filter(Cluster::hasManagedPassword)
        .filter(cluster -> arn(cluster).equals(secretArn))
        .findFirst();
  }

  private void activate(Cluster cluster) {
    catalog.changing(() -> catalog.clusters.settle(cluster.storage(), Cluster::withActiveSecret));
  }

  private static String arn(Cluster cluster) {
    return cluster.settings().masterUserSecret().secretArn();
  }

  /// After a restart: secrets whose cluster was never made go, and changes that were under way are
  /// made again, since the secret holds the password.
  public void recover() {
    work.aside(() ->
        catalog.changing(() -> {
          // Those that are on their way out, too: one stays whose final snapshot fails.
          var managed =
              catalog.clusters.all().stream().filter(Cluster::hasManagedPassword).toList();
          secrets
              .get()
              .deleteAllBut(
                  managed.stream().map(ManagedPasswords::arn).collect(Collectors.toSet()));
          managed.stream().filter(cluster -> !cluster.is(Status.DELETING)).forEach(this::resume);
        }));
  }

  /// One whose secret cannot be used is no reason to leave the others as they are.
  private void resume(Cluster cluster) {
    try {
      if (!isSettled(cluster)) {
        secrets.get().resume(arn(cluster));
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "The secret {} of {} '{}' cannot be used: {}. Set a new master password with Modify{}, and ManageMasterUserPassword false",
          arn(cluster),
          cluster.noun(),
          cluster.id(),
          e.getMessage(),
          cluster.isPlain() ? "DBInstance" : "DBCluster");
    }
  }

  private boolean isSettled(Cluster cluster) {
    return cluster.settings().masterUserSecret().secretStatus().equals(Cluster.SECRET_ACTIVE)
        && !secrets.get().isRotating(arn(cluster));
  }
}
