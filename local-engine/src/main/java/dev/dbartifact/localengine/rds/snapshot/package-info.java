/// Snapshots of DB clusters and of plain instances: taken, copied, shared and deleted.
package dev.dbartifact.localengine.rds.snapshot;
