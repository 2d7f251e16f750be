package dev.dbartifact.examples.bench;

/// Tells what is being done on standard error; standard output holds the tables alone.
final class Progress {
  private Progress() {}

  static void say(String line) {
    System.err.println("- " + line);
  }
}
