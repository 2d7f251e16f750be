package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.Optional;

/// The user who may do everything that RDS lets its customers do, and is not a superuser.
///
/// @param session with the server
public record MasterUser(AdminSession session, String name) {

  /// @param verifier what the server keeps in place of the password
  public void create(String verifier) throws IOException {
    session.withoutTrace(
        "CREATE ROLE %s LOGIN CREATEDB CREATEROLE VALID UNTIL 'infinity' PASSWORD %s"
            .formatted(identifier(), session.literal(verifier)));
    session.execute("GRANT rds_superuser TO %s WITH ADMIN OPTION".formatted(identifier()));
    session.execute(Foundation.REPLICATION);
    session.execute("ALTER DATABASE postgres OWNER TO %s".formatted(identifier()));
  }

  /// Makes a database that this user owns; `postgres` is always there.
  public void createDatabase(String database) throws IOException {
    if (!database.equals("postgres")) {
      session.execute(
          "CREATE DATABASE %s OWNER %s".formatted(session.identifier(database), identifier()));
    }
  }

  /// Sets the password by what the server keeps in its place.
  public void changePassword(String verifier) throws IOException {
    session.withoutTrace(
        "ALTER ROLE %s PASSWORD %s".formatted(identifier(), session.literal(verifier)));
  }

  /// What the server keeps in place of the password.
  public Optional<String> verifier() throws IOException {
    return session.query(
        "SELECT rolpassword FROM pg_authid WHERE rolname = " + session.literal(name));
  }

  private String identifier() throws IOException {
    return session.identifier(name);
  }
}
