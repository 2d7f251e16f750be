/// DB clusters: created, restored, modified, stopped and deleted, with their roles and their
/// endpoints.
package dev.dbartifact.localengine.rds.cluster;
