/// What an engine does first: it brings what is remembered and what is there together, after one
/// that may have ended in the middle of anything.
package dev.dbartifact.localengine.rds.recovery;
