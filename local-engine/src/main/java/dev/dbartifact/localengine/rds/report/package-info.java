/// Clusters and instances as they are shown: to clients by the actions that describe them, and to
/// people by `status`.
package dev.dbartifact.localengine.rds.report;
