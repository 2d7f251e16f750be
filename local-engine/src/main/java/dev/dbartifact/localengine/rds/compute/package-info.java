/// The servers of instances: they start, stop and take over from each other, and learn parameters
/// and master passwords.
package dev.dbartifact.localengine.rds.compute;
