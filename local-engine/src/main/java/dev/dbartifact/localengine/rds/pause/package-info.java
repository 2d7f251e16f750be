/// Servers that nobody is connected to are paused, where a cluster says so, and come back for
/// whoever connects.
package dev.dbartifact.localengine.rds.pause;
