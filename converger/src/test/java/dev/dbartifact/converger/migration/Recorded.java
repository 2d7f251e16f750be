package dev.dbartifact.converger.migration;

import java.util.ArrayList;
import java.util.List;

/// Writes down what a migration says.
final class Recorded implements MigrationProgress {
  final List<String> lines = new ArrayList<>();

  @Override
  public void applying(ChangeSetRef changeSet, int position, int pending) {
    lines.add("applying " + changeSet.id() + " " + position + "/" + pending);
  }

  @Override
  public void notice(String sentence) {
    lines.add(sentence);
  }
}
