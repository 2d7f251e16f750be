/// Option groups: what can be in one, those that are always there, and those that somebody made.
package dev.dbartifact.localengine.rds.option;
