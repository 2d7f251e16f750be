/// What can be done to a database, one kind of step in a file: the sentence it is told in, what it
/// must wait for, what it may do to its users, and how it is done.
package dev.dbartifact.converger.steps;
