package dev.dbartifact.localengine.rdsdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.rdsdata.Logins.Login;
import dev.dbartifact.localengine.server.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Opens connections to the real servers, with the users and passwords of secrets.
final class Sessions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Databases databases;
  private final Logins logins;

  Sessions(Databases databases, Logins logins) {
    this.databases = databases;
    this.logins = logins;
  }

  /// @param name of the database; null or empty for the cluster's own
  Connection open(String resourceArn, String secretArn, String name) {
    required("resourceArn", resourceArn);
    required("secretArn", secretArn);
    var database = database(resourceArn);
    var named = name != null && !name.isEmpty();
    return connect(database, login(secretArn), named ? name : database.name());
  }

  static String required(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw DataFault.BAD_REQUEST.with("%s is missing", name);
    }
    return value;
  }

  private Database database(String arn) {
    var database =
        databases
            .find(arn)
            .orElseThrow(() -> DataFault.BAD_REQUEST.with("The resource %s can't be found", arn));
    if (!database.endpointEnabled()) {
      throw DataFault.HTTP_ENDPOINT_NOT_ENABLED.with(
          "HttpEndpoint is not enabled for resource %s", arn);
    }
    switch (database.state()) {
      case "available", "modifying", "backing-up", "resetting-master-credentials" -> {}
      case "starting" -> throw resuming(arn);
      default ->
          throw DataFault.INVALID_RESOURCE_STATE.with(
              "The resource %s is in state %s", arn, database.state());
    }
    if (!database.served()) {
      throw DataFault.DATABASE_NOT_FOUND.with("The DB cluster %s doesn't have a DB instance", arn);
    }
    if (databases.resumes(arn)) {
      throw resuming(arn);
    }
    return database;
  }

  private static RuntimeException resuming(String arn) {
    return DataFault.DATABASE_RESUMING.with(
        "The Aurora DB instance of %s is resuming after being auto-paused. Please wait a few"
            + " seconds and try again.",
        arn);
  }

  private Login login(String secretArn) {
    String text;
    try {
      text = logins.secret(secretArn);
    } catch (AwsServiceException e) {
      throw DataFault.SECRETS_ERROR.with(
          "Error fetching secret %s : %s", secretArn, e.awsErrorDetails().errorMessage());
    }
    var content = text == null ? null : parse(text);
    if (content == null
        || !content.path("username").isTextual()
        || !content.path("password").isTextual()) {
      throw DataFault.INVALID_SECRET.with(
          "The secret %s isn't valid: it must be JSON with username and password", secretArn);
    }
    return new Login(
        content.get("username").textValue(), new Secret(content.get("password").textValue()));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // The cause would show the secret.
      return null;
    }
  }

  private static Connection connect(Database database, Login login, String name) {
    try {
      return Server.of(database.kind()).connect(database, login, name);
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  /// The kind of server behind a cluster. Of one that is not there it does not matter, since
  /// [#open] says so.
  Server server(String resourceArn) {
    return Optional.ofNullable(resourceArn)
        .filter(arn -> !arn.isEmpty())
        .flatMap(databases::find)
        .map(database -> Server.of(database.kind()))
        .orElseGet(PostgresServer::new);
  }
}
