/// Parameter groups of clusters and of instances: what can be in them, and how a change comes to
/// the servers.
package dev.dbartifact.localengine.rds.parameter;
