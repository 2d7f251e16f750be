package dev.dbartifact.localengine.rds.pause;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.rds.model.Tag;

/// What a cluster and its instances are like, apart from their states, their tags and their clones:
/// when it changes, a cluster that is paused resumes. See "Resuming an auto-paused Aurora
/// Serverless v2 instance" in the Aurora User Guide: operations that change its properties resume
/// it, snapshots do not. Clones do there; here they need no server.
record Picture(Cluster cluster, List<Instance> members) {

  private static final Collection<Tag> UNTAGGED = null;

  static Picture of(Cluster cluster, List<Instance> members) {
    return new Picture(
        cluster.with(b -> b.status((String) null).tagList(UNTAGGED).cloneGroupId(null)),
        members.stream()
            .map(each -> each.with(b -> b.dbInstanceStatus(null).tagList(UNTAGGED)))
            .toList());
  }
}
