/// Makes the database that an artifact describes exist.
package dev.dbartifact.converger;
