package dev.dbartifact.localengine.conformance;

import java.util.List;

/// The databases behind an endpoint, as everybody meets them: at the address that Describe shows,
/// with the master user and a password.
public interface Databases {

  /// Where a cluster or an instance answers.
  record Server(String address, int port) {}

  /// Commits a word to the database of a server.
  void write(Server server, String password, String word) throws Refused;

  /// All words, in order.
  List<String> read(Server server, String password) throws Refused;

  /// Nobody answers there, or not with this password.
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }

    public Refused(Throwable cause) {
      super(cause);
    }
  }
}
