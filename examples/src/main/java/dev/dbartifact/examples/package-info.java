/// The small shop of the examples: its source cluster with rows in it, and the comparison of the
/// source with its clone.
package dev.dbartifact.examples;
