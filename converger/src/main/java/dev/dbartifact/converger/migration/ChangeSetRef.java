package dev.dbartifact.converger.migration;

import java.util.OptionalInt;

/// Which change set, and where it is written.
///
/// @param file relative to the changelog folder
/// @param line counted from 1, where it could be found
public record ChangeSetRef(String id, String author, String file, OptionalInt line) {
  @Override
  public String toString() {
    return "'"
        + id
        + "::"
        + author
        + "' ("
        + file
        + (line.isPresent() ? ", line " + line.getAsInt() : "")
        + ")";
  }
}
