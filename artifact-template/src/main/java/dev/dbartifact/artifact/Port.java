package dev.dbartifact.artifact;

/// The TCP port of a cluster, 1150 to 65535 (CreateDBCluster, Port).
public record Port(int value) {
  public Port {
    Checks.within(1150, value, 65535, "a port");
  }

  public static Port parse(String text) {
    return new Port(Checks.wholeNumber(text, "a port"));
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
