/// Clones that are brought back to what they were made from, in place: an action of the engine's
/// own, which RDS has not.
package dev.dbartifact.localengine.rds.reset;
