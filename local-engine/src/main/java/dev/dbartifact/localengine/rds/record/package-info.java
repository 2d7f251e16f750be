/// What exists: the records of clusters, instances, snapshots and groups, the catalog that keeps
/// them on the disk, and how they are found in it.
package dev.dbartifact.localengine.rds.record;
