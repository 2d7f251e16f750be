/// Runs plans.
package dev.dbartifact.converger.run;
