/// Plain instances, which are in no DB cluster and have storage of their own: created, restored,
/// modified, stopped and deleted, with their roles.
package dev.dbartifact.localengine.rds.plain;
