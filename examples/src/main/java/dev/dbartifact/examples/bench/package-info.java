/// Measures the product on this machine and prints the numbers as Markdown tables: `scripts/bench`.
package dev.dbartifact.examples.bench;
