package dev.dbartifact.converger.migration;

/// Which change sets of a changelog are wanted, in Liquibase's expressions.
///
/// @param contexts such as `test,demo`; empty: every change set, whatever its contexts
/// @param labels such as `!slow`; empty: every change set, whatever its labels
record ChangelogFilters(String contexts, String labels) {
  ChangelogFilters {
    contexts = contexts == null ? "" : contexts;
    labels = labels == null ? "" : labels;
  }
}
