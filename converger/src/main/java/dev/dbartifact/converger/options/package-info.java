/// What a user asks for: the command line and the environment, checked as a whole.
package dev.dbartifact.converger.options;
