package dev.dbartifact.localengine.conformance;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// The databases behind an endpoint, as everybody meets them: at the address that Describe shows,
/// with the master user and a password.
public interface Databases {

  /// Commits a word to the database of a cluster.
  void write(DBCluster cluster, String password, String word) throws Refused;

  /// All words, in order.
  List<String> read(DBCluster cluster, String password) throws Refused;

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
