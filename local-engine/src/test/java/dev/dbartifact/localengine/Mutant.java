package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.wire.Service;
import java.util.function.UnaryOperator;

/// An engine with one thing wrong.
///
/// @param rejectedBy the check that must find it
record Mutant(
    String name, UnaryOperator<DatabaseHost> host, UnaryOperator<Service> rds, String rejectedBy) {

  /// One whose answers say something else.
  static Mutant answers(String name, String regex, String by, String rejectedBy) {
    return service(name, rds -> Breakages.answering(rds, regex, by), rejectedBy);
  }

  static Mutant service(String name, UnaryOperator<Service> rds, String rejectedBy) {
    return new Mutant(name, UnaryOperator.identity(), rds, rejectedBy);
  }

  static Mutant host(String name, UnaryOperator<DatabaseHost> host, String rejectedBy) {
    return new Mutant(name, host, UnaryOperator.identity(), rejectedBy);
  }
}
