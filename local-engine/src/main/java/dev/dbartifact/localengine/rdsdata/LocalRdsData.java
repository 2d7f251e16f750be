package dev.dbartifact.localengine.rdsdata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.wire.Honours;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.*;

/// RDS Data: statements over HTTP, run by the real servers.
public final class LocalRdsData implements RdsDataClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sessions sessions;
  private final Transactions transactions;
  private final StatementLimit limit;

  /// @param longest how long a statement may run; AWS has 45 s
  public LocalRdsData(Databases databases, Logins logins, Clock clock, Duration longest) {
    this.sessions = new Sessions(databases, logins);
    this.transactions = new Transactions(clock);
    this.limit = new StatementLimit(longest);
  }

  @Override
  @Honours(
      value = {
        "resourceArn",
        "secretArn",
        "sql",
        "database",
        "parameters",
        "transactionId",
        "includeResultMetadata",
        "continueAfterTimeout",
        "resultSetOptions",
        "formatRecordsAs"
      },
      differs = "The statement runs on the real server as the user of the secret.")
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    StatementRules.check(request);
    var server = sessions.server(request.resourceArn());
    var statement = NamedStatement.parse(request.sql(), server.lexis());
    return on(
        server,
        request.transactionId(),
        request.resourceArn(),
        request.secretArn(),
        request.database(),
        Boolean.TRUE.equals(request.continueAfterTimeout()),
        connection -> execute(server, connection, statement, request));
  }

  private static ExecuteStatementResponse execute(
      Server server,
      Connection connection,
      NamedStatement statement,
      ExecuteStatementRequest request)
      throws SQLException {
    try (var prepared = server.prepare(connection, statement.sql())) {
      Binding.bind(server, prepared, statement.parameters(), request.parameters());
      return prepared.execute()
          ? rows(server, prepared, request)
          : ExecuteStatementResponse.builder()
              .numberOfRecordsUpdated((long) Math.max(0, prepared.getUpdateCount()))
              .generatedFields(server.generated(prepared))
              .build();
    }
  }

  private static ExecuteStatementResponse rows(
      Server server, PreparedStatement prepared, ExecuteStatementRequest request)
      throws SQLException {
    try (var result = prepared.getResultSet()) {
      var rows = new Rows(server, result, request.resultSetOptions());
      var records = read(server, prepared, rows);
      var response = ExecuteStatementResponse.builder().numberOfRecordsUpdated(0L);
      if ("JSON".equals(request.formatRecordsAsAsString())) {
        return response.formattedRecords(json(rows.labels(), records)).build();
      }
      if (Boolean.TRUE.equals(request.includeResultMetadata())) {
        response.columnMetadata(rows.metadata());
      }
      return response.records(records).build();
    }
  }

  private static List<List<Field>> read(Server server, PreparedStatement prepared, Rows rows)
      throws SQLException {
    try {
      return rows.read();
    } catch (UnsupportedResultException tooMuch) {
      server.abandon(prepared.getConnection());
      throw tooMuch;
    }
  }

  private static String json(List<String> labels, List<List<Field>> records) {
    if (Set.copyOf(labels).size() < labels.size()) {
      throw DataFault.BAD_REQUEST.with(
          "Records can't be formatted as JSON: several columns have the same name, of %s",
          String.join(", ", labels));
    }
    var objects = new ArrayList<LinkedHashMap<String, Object>>();
    for (var row : records) {
      var object = new LinkedHashMap<String, Object>();
      for (var column = 0; column < labels.size(); column++) {
        object.put(labels.get(column), plain(row.get(column)));
      }
      objects.add(object);
    }
    try {
      return JSON.writeValueAsString(objects);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Could not write rows as JSON", e);
    }
  }

  private static Object plain(Field field) {
    return switch (field.type()) {
      case BOOLEAN_VALUE -> field.booleanValue();
      case LONG_VALUE -> field.longValue();
      case DOUBLE_VALUE -> field.doubleValue();
      case STRING_VALUE -> field.stringValue();
      case BLOB_VALUE -> field.blobValue().asByteArray();
      case ARRAY_VALUE -> plain(field.arrayValue());
      default -> null;
    };
  }

  private static Object plain(ArrayValue array) {
    return switch (array.type()) {
      case BOOLEAN_VALUES -> array.booleanValues();
      case LONG_VALUES -> array.longValues();
      case DOUBLE_VALUES -> array.doubleValues();
      case ARRAY_VALUES -> array.arrayValues().stream().map(LocalRdsData::plain).toList();
      default -> array.stringValues();
    };
  }

  /// All sets, or none: outside of a transaction they share one. Without a set nothing is run, and
  /// with an empty one the statement as it is.
  @Override
  @Honours({"resourceArn", "secretArn", "sql", "database", "parameterSets", "transactionId"})
  public BatchExecuteStatementResponse batchExecuteStatement(BatchExecuteStatementRequest request) {
    var server = sessions.server(request.resourceArn());
    var statement = NamedStatement.parse(StatementRules.text(request.sql()), server.lexis());
    return on(
        server,
        request.transactionId(),
        request.resourceArn(),
        request.secretArn(),
        request.database(),
        false,
        connection -> {
          var own = connection.getAutoCommit();
          connection.setAutoCommit(false);
          var results = batch(server, connection, statement, request.parameterSets());
          if (own) {
            connection.commit();
          }
          return BatchExecuteStatementResponse.builder().updateResults(results).build();
        });
  }

  private static List<UpdateResult> batch(
      Server server,
      Connection connection,
      NamedStatement statement,
      List<? extends List<SqlParameter>> sets)
      throws SQLException {
    var results = new ArrayList<UpdateResult>();
    try (var prepared = server.prepare(connection, statement.sql())) {
      for (var set : sets) {
        Binding.bind(server, prepared, statement.parameters(), set);
        results.add(UpdateResult.builder().generatedFields(server.add(prepared)).build());
      }
      server.finish(prepared);
    }
    return results;
  }

  @Override
  @Honours({"resourceArn", "secretArn", "database"})
  public BeginTransactionResponse beginTransaction(BeginTransactionRequest request) {
    var connection = sessions.open(request.resourceArn(), request.secretArn(), request.database());
    try {
      return BeginTransactionResponse.builder()
          .transactionId(transactions.begin(connection, request.resourceArn()))
          .build();
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  @Override
  @Honours({"resourceArn", "secretArn", "transactionId"})
  public CommitTransactionResponse commitTransaction(CommitTransactionRequest request) {
    end(request.transactionId(), request.resourceArn(), request.secretArn(), Connection::commit);
    return CommitTransactionResponse.builder().transactionStatus("Transaction Committed").build();
  }

  @Override
  @Honours({"resourceArn", "secretArn", "transactionId"})
  public RollbackTransactionResponse rollbackTransaction(RollbackTransactionRequest request) {
    end(request.transactionId(), request.resourceArn(), request.secretArn(), Connection::rollback);
    return RollbackTransactionResponse.builder().transactionStatus("Rollback Complete").build();
  }

  /// Also a commit may take long, for what is checked only then. One that takes too long is undone.
  private void end(String id, String resourceArn, String secretArn, StatementLimit.After how) {
    Sessions.required("resourceArn", resourceArn);
    Sessions.required("secretArn", secretArn);
    var server = sessions.server(resourceArn);
    Transactions.Use<Void> last =
        connection -> {
          how.with(connection);
          return null;
        };
    try {
      transactions.end(
          id, resourceArn, connection -> limit.run(server, connection, false, last, _ -> {}));
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  private <T> T on(
      Server server,
      String transactionId,
      String resourceArn,
      String secretArn,
      String database,
      boolean goesOn,
      Transactions.Use<T> use) {
    Sessions.required("resourceArn", resourceArn);
    Sessions.required("secretArn", secretArn);
    try {
      if (!isGiven(transactionId)) {
        var connection = sessions.open(resourceArn, secretArn, database);
        return limit.run(server, connection, goesOn, use, Connection::close);
      }
      return transactions.use(
          transactionId,
          resourceArn,
          (connection, over) ->
              limit.run(
                  server,
                  connection,
                  goesOn,
                  mine -> {
                    requireSame(mine, database);
                    return use.with(mine);
                  },
                  over));
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  /// An empty text is none: AWS's client library for Java sends such.
  static boolean isGiven(String value) {
    return value != null && !value.isEmpty();
  }

  private static void requireSame(Connection connection, String database) throws SQLException {
    if (isGiven(database) && !database.equals(connection.getCatalog())) {
      throw DataFault.BAD_REQUEST.with(
          "Database name is not the same as transaction database name");
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /// Undoes what is not committed.
  @Override
  public void close() {
    try (limit) {
      transactions.close();
    }
  }
}
