/// Upgrades to another major version: what goes with one, what is done for it, and what is told.
package dev.dbartifact.localengine.rds.upgrade;
