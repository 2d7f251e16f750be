/// Automated snapshots: one a day for each cluster and plain instance, until they are outdated or
/// in the way.
package dev.dbartifact.localengine.rds.backup;
