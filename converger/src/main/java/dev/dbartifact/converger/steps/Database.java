package dev.dbartifact.converger.steps;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.time.Duration;

/// What is asked of a database itself, as its master user.
public interface Database {
  /// Tries to log in, once.
  ///
  /// @param patience how long an answer is waited for; at least one second is given
  LoginAnswer login(DatabaseEndpoint endpoint, Secret password, Duration patience);

  /// Reads the changelog of the artifact without any database, so that nothing is made for one that
  /// can never be applied.
  ///
  /// @param engine of the cluster to be
  /// @throws StepException when it is malformed, or wants to do what was not allowed
  void check(MigrateSchema step, Engine engine) throws StepException;

  /// Brings the schema to what the changelog of the artifact describes.
  ///
  /// @param patience how long others that migrate the same database are waited for, all in all
  /// @throws StepException when a change set fails, with everything a user needs to mend it
  void migrate(DatabaseEndpoint endpoint, Secret password, MigrateSchema step, Duration patience)
      throws StepException;
}
