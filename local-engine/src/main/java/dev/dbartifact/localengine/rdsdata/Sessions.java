package dev.dbartifact.localengine.rdsdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.rdsdata.Logins.Login;
import dev.dbartifact.localengine.server.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Opens connections to the real servers, with the users and passwords of secrets.
final class Sessions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int CONNECT_SECONDS = 10;

  private final Databases databases;
  private final Logins logins;

  Sessions(Databases databases, Logins logins) {
    this.databases = databases;
    this.logins = logins;
  }

  /// @param name of the database, null for the cluster's own
  Connection open(String resourceArn, String secretArn, String name) {
    required("resourceArn", resourceArn);
    required("secretArn", secretArn);
    var database = database(resourceArn);
    return connect(database, login(secretArn), name == null ? database.name() : name);
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
      case "starting" ->
          throw DataFault.DATABASE_RESUMING.with(
              "The Aurora DB instance of %s is resuming after being auto-paused. Please wait a few"
                  + " seconds and try again.",
              arn);
      default ->
          throw DataFault.INVALID_RESOURCE_STATE.with(
              "The resource %s is in state %s", arn, database.state());
    }
    if (!database.served()) {
      throw DataFault.DATABASE_NOT_FOUND.with("The DB cluster %s doesn't have a DB instance", arn);
    }
    return database;
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
    var settings = new Properties();
    settings.setProperty("user", login.user());
    settings.setProperty("password", login.password().reveal());
    settings.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
    settings.setProperty("ApplicationName", "rds-data");
    settings.setProperty("tcpKeepAlive", "true");
    // The driver holds a result as a whole; a huge one must not take the engine's memory.
    settings.setProperty("maxResultBuffer", String.valueOf(8 * Rows.MOST_RESULT_BYTES));
    var url =
        "jdbc:postgresql://%s:%d/%s"
            .formatted(
                database.host(),
                database.port(),
                java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8));
    try {
      var connection = DriverManager.getConnection(url, settings);
      try (var statement = connection.createStatement()) {
        // The driver would use the time zone of this machine.
        statement.execute("SET TIME ZONE 'UTC'");
      }
      return connection;
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }
}
