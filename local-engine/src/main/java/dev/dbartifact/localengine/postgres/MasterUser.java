package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.util.Optional;

/// The user who may do everything that RDS lets its customers do, and is not a superuser.
///
/// @param session with the server
public record MasterUser(AdminSession session, String name) {

  private static final String OWN_RIGHTS =
      "LOGIN INHERIT CREATEDB CREATEROLE CONNECTION LIMIT -1 VALID UNTIL 'infinity'";

  /// @param verifier what the server keeps in place of the password
  public void create(String verifier) throws IOException {
    define("CREATE", verifier);
    session.execute("ALTER DATABASE postgres OWNER TO %s".formatted(identifier()));
  }

  /// Makes a database that this user owns; `postgres` is always there.
  public void createDatabase(String database) throws IOException {
    if (!database.equals("postgres")) {
      session.execute(
          "CREATE DATABASE %s OWNER %s".formatted(session.identifier(database), identifier()));
    }
  }

  /// Sets the password by what the server keeps in its place, and restores the rights that the user
  /// began with, whatever has become of them; one that is gone, or has another name, is made again.
  /// See "Master user account privileges" in the Aurora User Guide. Where that is the password,
  /// nothing is restored: who was given it has all of this, as it comes last, and a clone that is
  /// reset has it from its source as a rule. A dozen statements are long for a server that has just
  /// been started.
  public void restore(String verifier) throws IOException {
    if (verifier().filter(verifier::equals).isPresent()) {
      return;
    }
    session.executeAll(Foundation.of(session).roles());
    define(isThere() ? "ALTER" : "CREATE", verifier);
  }

  private void define(String verb, String verifier) throws IOException {
    session.execute("%s ROLE %s %s".formatted(verb, identifier(), OWN_RIGHTS));
    session.execute("GRANT rds_superuser TO %s WITH ADMIN OPTION".formatted(identifier()));
    session.execute(Foundation.REPLICATION);
    session.withoutTrace(
        "ALTER ROLE %s PASSWORD %s".formatted(identifier(), session.literal(verifier)));
  }

  private boolean isThere() throws IOException {
    return session
        .query("SELECT 1 FROM pg_roles WHERE rolname = " + session.literal(name))
        .isPresent();
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
