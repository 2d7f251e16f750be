/// The actions on instances, and all that is about the members of DB clusters; a plain instance is
/// left to its own package.
package dev.dbartifact.localengine.rds.instance;
