package dev.dbartifact.localengine.rdsdata;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rdsdata.model.DecimalReturnType;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.LongReturnType;
import software.amazon.awssdk.services.rdsdata.model.RecordsFormatType;

/// What RDS Data accepts before it asks a database.
///
/// See the API model of RDS Data, version 2018-08-01.
final class StatementRules {

  private static final int LONGEST = 65536;

  private StatementRules() {}

  /// @throws RuntimeException the fault BadRequestException
  static void check(ExecuteStatementRequest request) {
    if (LocalRdsData.isGiven(request.transactionId())
        && Boolean.TRUE.equals(request.continueAfterTimeout())) {
      throw DataFault.BAD_REQUEST.with("continueAfterTimeout isn't supported in a transaction");
    }
    text(request.sql());
    requireOne(
        "formatRecordsAs", request.formatRecordsAsAsString(), RecordsFormatType.knownValues());
    var options = request.resultSetOptions();
    if (options != null) {
      requireOne(
          "resultSetOptions.decimalReturnType",
          options.decimalReturnTypeAsString(),
          DecimalReturnType.knownValues());
      requireOne(
          "resultSetOptions.longReturnType",
          options.longReturnTypeAsString(),
          LongReturnType.knownValues());
    }
  }

  /// The statement, neither empty nor too long.
  static String text(String sql) {
    Sessions.required("sql", sql);
    if (sql.length() > LONGEST) {
      throw DataFault.BAD_REQUEST.with(
          "Number of characters in SQLStatement is longer than %d", LONGEST);
    }
    return sql;
  }

  /// @param value null or empty for none
  private static void requireOne(String name, String value, Set<? extends Enum<?>> known) {
    var words = known.stream().map(Enum::toString).sorted().toList();
    if (LocalRdsData.isGiven(value) && !words.contains(value)) {
      throw refused(name, value, words);
    }
  }

  private static RuntimeException refused(String name, String value, List<String> words) {
    return DataFault.BAD_REQUEST.with(
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must"
            + " satisfy enum value set: %s",
        value, name, words);
  }
}
