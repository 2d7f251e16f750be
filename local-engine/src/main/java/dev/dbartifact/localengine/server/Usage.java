package dev.dbartifact.localengine.server;

/// The space that a volume takes, in bytes.
///
/// @param total what it would take alone
/// @param exclusive what would be freed if it were discarded
/// @param shared what it shares with other volumes
public record Usage(long total, long exclusive, long shared) {

  public Usage {
    if (total < 0 || exclusive < 0 || shared < 0) {
      throw new IllegalArgumentException(
          "Negative usage: " + total + ", " + exclusive + ", " + shared);
    }
  }
}
