/// What the servers of instances wrote into their logs.
package dev.dbartifact.localengine.rds.log;
