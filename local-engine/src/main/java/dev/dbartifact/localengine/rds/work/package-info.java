/// What is done after an answer: one thing after another for each volume, at the pace that is
/// wanted, up to the states and the events that tell of it.
package dev.dbartifact.localengine.rds.work;
