/// The volumes of clusters, plain instances and snapshots: made, copied, restored and discarded,
/// and brought together with the catalog when the engine starts.
package dev.dbartifact.localengine.rds.storage;
