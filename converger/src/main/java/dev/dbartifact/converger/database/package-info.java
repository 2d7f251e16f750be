/// Where databases are: what those who log in and those who tell about it have in common.
package dev.dbartifact.converger.database;
