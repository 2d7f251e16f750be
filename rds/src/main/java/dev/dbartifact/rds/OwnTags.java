package dev.dbartifact.rds;

import dev.dbartifact.artifact.Tags;
import java.util.TreeMap;

/// The keys of the tags that our clusters and their instances carry. The tags are all the memory
/// there is.
public final class OwnTags {
  public static final String PREFIX = "db-artifact:";

  /// The artifact that made the cluster.
  public static final String NAME = PREFIX + "name";

  /// What decided how it looks; see the seal.
  public static final String FINGERPRINT = PREFIX + "fingerprint";

  /// `clone` or `create`.
  public static final String MODE = PREFIX + "mode";

  public static final String OWNER = PREFIX + "owner";

  /// Where it is in its life; a cluster begins as `new`.
  public static final String STAGE = PREFIX + "stage";

  /// In ISO 8601, UTC.
  public static final String CREATED_AT = PREFIX + "created-at";

  /// Says that the cluster has converged; written last, see [Seal].
  public static final String SEAL = PREFIX + "seal";

  /// The ARN of the cluster that a clone was cloned from.
  public static final String SOURCE = PREFIX + "source";

  private OwnTags() {}

  /// How many tags of others a cluster of ours may carry: RDS's limit, less the nine above.
  public static int roomForOthers() {
    return Tags.MOST - 9;
  }

  public static boolean isOwn(String key) {
    return key.startsWith(PREFIX);
  }

  /// Those of `tags` that are ours.
  public static Tags in(Tags tags) {
    var own = new TreeMap<>(tags.values());
    own.keySet().removeIf(key -> !isOwn(key));
    return new Tags(own);
  }

  /// Those of ours that a cluster carries, and one of its instances does not carry with the same
  /// value.
  public static Tags notOn(FoundInstance instance, Tags ofCluster) {
    var own = new TreeMap<>(in(ofCluster).values());
    own.entrySet().removeAll(instance.tags().values().entrySet());
    return new Tags(own);
  }

  /// Those of `tags` that are not ours.
  public static Tags without(Tags tags) {
    var others = new TreeMap<>(tags.values());
    others.keySet().removeIf(OwnTags::isOwn);
    return new Tags(others);
  }
}
