package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.converger.options.Mode;
import dev.dbartifact.converger.state.CurrentState;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.TargetName;
import dev.dbartifact.converger.steps.StepWorld;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.InstanceName;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Ownership;
import dev.dbartifact.rds.StatusClass;
import java.util.List;
import java.util.Optional;

/// Says what has to be done. Pure: two values in, a value out.
public final class Planner {
  private static final String ANEW =
      ". Delete it and run the same command again, or choose another target with --cluster_id.";

  private Planner() {}

  /// @throws NoPlanException when the target is the source, exists and is not ours, came about in
  ///   another way or with another database, or is in a state that does not pass by itself
  public static Plan plan(DesiredState desired, CurrentState current) throws NoPlanException {
    refuseSource(desired);
    if (current.cluster().isEmpty()) {
      return new NewClusterPlan(desired, current.subnetGroup()).plan();
    }
    FoundCluster cluster = current.cluster().get();
    refuseForeign(desired, cluster);
    refuseOtherOrigin(desired, cluster);
    refuseOtherDatabase(desired, cluster);
    refuseStuck(cluster);
    return new ExistingClusterPlan(desired, cluster, current.subnetGroup()).plan();
  }

  /// Names of instances are common to all clusters of a region.
  ///
  /// @param there instances that have names of new ones
  /// @throws NoPlanException when one of them is of another cluster, or of none
  public static void refuseTaken(Plan plan, List<InstanceName> there) throws NoPlanException {
    for (InstanceName taken : there) {
      if (!taken.cluster().equals(Optional.of(plan.target()))) {
        throw new NoPlanException(
            NoPlanException.Reason.REFUSED,
            "Instance '"
                + taken.instance()
                + "' of cluster '"
                + plan.target()
                + "' cannot be made: there is one of that name, "
                + taken.cluster().map(other -> "in cluster '" + other + "'").orElse("in no cluster")
                + ". Nothing was done. Give that instance another name, or choose another target"
                + " with --cluster_id.");
      }
    }
  }

  /// Whoever says whose the cluster is means no other.
  ///
  /// @param owner who was named, if anybody was
  /// @throws NoPlanException when the cluster has been made for somebody else
  public static void refuseOtherOwner(Optional<String> owner, CurrentState current)
      throws NoPlanException {
    Optional<FoundCluster> theirs =
        owner.flatMap(named ->
            current
                .cluster()
                .filter(cluster -> !TargetName.isSameOwner(named, ownerOf(cluster).orElse(named))));
    if (theirs.isPresent()) {
      throw refused(
          theirs.get(),
          "was made for '"
              + ownerOf(theirs.get()).orElseThrow()
              + "', not for '"
              + owner.orElseThrow()
              + "'; it is left alone. Leave out --owner to use it all the same, or choose another"
              + " target with --cluster_id.");
    }
  }

  /// The master user of a cluster stays as it was made.
  ///
  /// @param user who was named, if anybody was
  /// @throws NoPlanException when the cluster has another one
  public static void refuseOtherUser(Optional<MasterUsername> user, CurrentState current)
      throws NoPlanException {
    if (user.isPresent() && current.cluster().isPresent()) {
      FoundCluster cluster = current.cluster().get();
      refuseOther(
          cluster, "master user", user, cluster.settings().masterUsername(), "--db_username");
    }
  }

  /// A database is given to a cluster that is being made; later ones are made by whoever uses it.
  private static void refuseOtherDatabase(DesiredState desired, FoundCluster cluster)
      throws NoPlanException {
    if (desired.mode() == Mode.CREATE) {
      refuseOther(
          cluster,
          "database",
          desired.settings().databaseName(),
          cluster.settings().databaseName(),
          "database_name");
    }
  }

  /// What RDS does not tell is not compared, and neither is the case, which it may not keep.
  private static void refuseOther(
      FoundCluster cluster, String what, Optional<?> wish, Optional<?> found, String where)
      throws NoPlanException {
    if (wish.isPresent()
        && found.isPresent()
        && !wish.get().toString().equalsIgnoreCase(found.get().toString())) {
      throw refused(
          cluster,
          "was made with the "
              + what
              + " '"
              + found.get()
              + "'; that cannot become '"
              + wish.get()
              + "', as "
              + where
              + " says"
              + ANEW);
    }
  }

  private static Optional<String> ownerOf(FoundCluster cluster) {
    return Optional.ofNullable(cluster.tags().values().get(OwnTags.OWNER));
  }

  private static void refuseSource(DesiredState desired) throws NoPlanException {
    if (desired.target().equals(desired.source().id())) {
      throw new NoPlanException(
          NoPlanException.Reason.REFUSED,
          "Cluster '"
              + desired.target()
              + "' is the source of the artifact, which is never touched. Choose another target"
              + " with --cluster_id.");
    }
  }

  private static void refuseForeign(DesiredState desired, FoundCluster cluster)
      throws NoPlanException {
    if (!Ownership.of(cluster, desired.artifact())) {
      String maker = cluster.tags().values().get(OwnTags.NAME);
      throw refused(
          cluster,
          "exists and was not made by artifact '"
              + desired.artifact()
              + "'"
              + otherMaker(desired, maker)
              + "; it is left alone. Choose another target with --cluster_id.");
    }
  }

  private static void refuseOtherOrigin(DesiredState desired, FoundCluster cluster)
      throws NoPlanException {
    var tags = cluster.tags().values();
    String mode = tags.getOrDefault(OwnTags.MODE, desired.mode().toString());
    if (!mode.equals(desired.mode().toString())) {
      throw refused(
          cluster,
          "was made with --mode "
              + mode
              + "; it cannot become one of --mode "
              + desired.mode()
              + ". Use --mode "
              + mode
              + ", or choose another target with --cluster_id.");
    }
    String source = tags.getOrDefault(OwnTags.SOURCE, desired.source().arn());
    if (desired.mode() == Mode.CLONE && !source.equals(desired.source().arn())) {
      throw refused(
          cluster,
          "holds the data of "
              + source
              + "; it cannot become a clone of "
              + desired.source().arn()
              + ANEW);
    }
    Engine engine = cluster.settings().engine();
    if (engine != desired.settings().engine()) {
      throw refused(
          cluster,
          "is of engine " + engine + "; it cannot become " + desired.settings().engine() + ANEW);
    }
  }

  private static NoPlanException refused(FoundCluster cluster, String why) {
    return new NoPlanException(
        NoPlanException.Reason.REFUSED, "Cluster '" + cluster.id() + "' " + why);
  }

  private static String otherMaker(DesiredState desired, String name) {
    if (name == null) {
      return "";
    }
    return name.equals(desired.artifact().value())
        ? ": its tags are those of another cluster"
        : " but by '" + name + "'";
  }

  private static void refuseStuck(FoundCluster cluster) throws NoPlanException {
    refuseStuck("Cluster", cluster.id(), cluster.status(), cluster.statusClass());
    for (FoundInstance instance : cluster.instances()) {
      if (instance.statusClass() != StatusClass.GONE) {
        refuseStuck("Instance", instance.id(), instance.status(), instance.statusClass());
      }
    }
  }

  private static void refuseStuck(String what, ClusterId id, String status, StatusClass statusClass)
      throws NoPlanException {
    if (statusClass == StatusClass.READY || statusClass == StatusClass.IN_PROGRESS) {
      return;
    }
    throw new NoPlanException(
        NoPlanException.Reason.STUCK,
        what
            + " '"
            + id
            + "' is in state '"
            + status
            + "'. "
            + StepWorld.advice(status, statusClass, id));
  }
}
