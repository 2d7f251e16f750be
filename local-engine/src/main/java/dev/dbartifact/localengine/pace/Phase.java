package dev.dbartifact.localengine.pace;

import java.time.Duration;

/// A state that AWS shows for a while, and how long.
///
/// Where a time is published it is cited; the others are estimates of what Aurora usually takes for
/// a small cluster.
public enum Phase {
  /// An empty cluster.
  CLUSTER_CREATING(1, 60),

  /// With the instance that follows it, a clone of 2 TB was there after 5 min 30 s: AWS News Blog,
  /// "Amazon Aurora Fast Database Cloning".
  CLONE_CREATING(1, 60),

  /// A full copy, also from a snapshot. Really it depends on the size.
  COPY_CREATING(1, 600),
  CLUSTER_STARTING(1, 300),
  CLUSTER_STOPPING(1, 300),

  /// "Typically within 60 seconds, and often less than 30": "High availability for Amazon Aurora"
  /// in the Aurora User Guide.
  CLUSTER_FAILING_OVER(1, 30),

  /// A reset to the source.
  CLUSTER_BACKTRACKING(1, 60),

  /// Terraform's live test saw a cluster and its instance go within 12 min.
  CLUSTER_DELETING(1, 120),

  /// How long a cluster still reads `available` after a change was accepted: Terraform looks after
  /// 30 s.
  CHANGE_UNNOTICED(0, 20),
  CLUSTER_MODIFYING(1, 60),

  /// The same for a master password, which is always changed after the answer.
  PASSWORD_UNNOTICED(1, 20),
  PASSWORD_RESETTING(1, 40),

  /// See [#CLONE_CREATING].
  INSTANCE_CREATING(1, 270),
  INSTANCE_STARTING(1, 300),

  /// Of one that was paused: "approximately 15 seconds", see "What happens when auto-paused Aurora
  /// Serverless v2 instances resume" in the Aurora User Guide.
  INSTANCE_RESUMING(1, 15),
  INSTANCE_MODIFYING(1, 240),
  INSTANCE_REBOOTING(1, 40),

  /// To another version, a major one too.
  INSTANCE_UPGRADING(1, 600),

  /// See [#CLUSTER_DELETING].
  INSTANCE_DELETING(1, 600),
  SNAPSHOT_CREATING(1, 120),
  ROLE_PENDING(1, 20),

  /// An event subscription.
  SUBSCRIPTION_CHANGING(1, 20),

  /// Route 53: "Changes generally propagate to all Route 53 name servers within 60 seconds"
  /// (ChangeResourceRecordSets in the API Reference).
  DNS_PENDING(1, 60);

  private final Duration quick;
  private final Duration aurora;

  Phase(int quickSeconds, int auroraSeconds) {
    quick = Duration.ofSeconds(quickSeconds);
    aurora = Duration.ofSeconds(auroraSeconds);
  }

  Duration quick() {
    return quick;
  }

  Duration aurora() {
    return aurora;
  }
}
