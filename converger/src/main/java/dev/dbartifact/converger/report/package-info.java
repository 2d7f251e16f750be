/// What came of it, for people and for machines, and what is told on the way.
package dev.dbartifact.converger.report;
