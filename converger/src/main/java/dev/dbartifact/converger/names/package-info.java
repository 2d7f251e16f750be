/// Names of database servers that the system does not know.
package dev.dbartifact.converger.names;
