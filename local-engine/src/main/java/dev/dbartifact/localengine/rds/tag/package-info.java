/// Tags, which every kind of resource has.
package dev.dbartifact.localengine.rds.tag;
