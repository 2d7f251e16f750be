/// The volumes of clusters, plain instances and snapshots: made, copied, restored and discarded,
/// and their servers, where they start and stop together.
package dev.dbartifact.localengine.rds.storage;
