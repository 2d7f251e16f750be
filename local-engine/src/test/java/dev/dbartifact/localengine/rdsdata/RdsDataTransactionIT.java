package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.program.Program;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;

/// Transactions, batches and slow statements over RDS Data, run by a real server.
class RdsDataTransactionIT extends RdsDataFixture {

  @Test
  void aTransactionIsSeenWhenItIsCommitted() {
    var id = begin();
    within(id, "insert into item (name) values ('committed')");
    assertThat(items("committed")).isZero();
    data.commitTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
    assertThat(items("committed")).isEqualTo(1);
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(TransactionNotFoundException.class);
  }

  /// What is deferred takes place with it.
  @Test
  void aCommitThatTakesTooLongIsUndone() {
    sql("create table slow (id int)");
    sql(
        "create function slowly() returns trigger language plpgsql as"
            + " 'begin perform pg_sleep(60); return null; end'");
    sql(
        "create constraint trigger slowly after insert on slow"
            + " deferrable initially deferred for each row execute function slowly()");
    var id = impatient.beginTransaction(r -> r.resourceArn(ARN).secretArn("s")).transactionId();
    impatient.executeStatement(r ->
        r.resourceArn(ARN).secretArn("s").transactionId(id).sql("insert into slow values (1)"));

    assertThatThrownBy(() ->
            impatient.commitTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id)))
        .isInstanceOf(StatementTimeoutException.class);

    assertThat(one("select count(*) from slow").longValue()).isZero();
  }

  @Test
  void aTransactionThatIsLeftAloneIsUndone() {
    var id = begin();
    within(id, "insert into item (name) values ('left alone')");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
    within(id, "select 1");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(3)));
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(TransactionNotFoundException.class);
    assertThat(items("left alone")).isZero();
  }

  @Test
  void aTransactionThatIsOverIsToldFromOneThatIsNotKnown() {
    var id = begin();
    data.rollbackTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
    assertThatThrownBy(() -> within(id, "select 1"))
        .hasMessageContaining("resulted in a termination of your transaction");
    assertThatThrownBy(() -> within("AQ", "select 1"))
        .hasMessageContaining("Transaction may be expired");
  }

  @Test
  void aTransactionRunsOneStatementAtATime() {
    var id = begin();
    var slow =
        CompletableFuture.runAsync(() -> within(id, "select pg_sleep(60) /* of a transaction */"));
    awaitRunning("of a transaction");
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageStartingWith("Transaction is still running a query");
    sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where query like '%of a ' || 'transaction%'");
    assertThat(slow).failsWithin(Duration.ofSeconds(20));
  }

  /// One that goes on though it was cancelled holds its transaction. A process that stands still
  /// notices nothing.
  @Test
  void whatOutlivesItsCancellationKeepsItsTransaction() throws Exception {
    var id =
        impatient.beginTransaction(r -> r.resourceArn(ARN).secretArn("secret")).transactionId();
    var process =
        impatiently(id, "select pg_backend_pid()").records().getFirst().getFirst().longValue();
    Program.run("kill", "-s", "STOP", Long.toString(process));
    try {
      assertThatThrownBy(() -> impatiently(id, "select 1"))
          .isInstanceOf(StatementTimeoutException.class);

      assertThatThrownBy(() -> impatiently(id, "select 1"))
          .isInstanceOf(DatabaseErrorException.class)
          .hasMessageStartingWith("Transaction is still running a query");
      assertThatThrownBy(() -> rollBackImpatiently(id))
          .isInstanceOf(DatabaseErrorException.class)
          .hasMessageStartingWith("Transaction is still running a query");
    } finally {
      Program.run("kill", "-s", "CONT", Long.toString(process));
    }
    Waiting.until(
        "the end of the statement", Duration.ofSeconds(20), () -> isRolledBackImpatiently(id));
  }

  @Test
  void whoWasToldThatItTakesTooLongCanEndTheTransactionAtOnce() {
    var id =
        impatient.beginTransaction(r -> r.resourceArn(ARN).secretArn("secret")).transactionId();

    assertThatThrownBy(() -> impatiently(id, "select pg_sleep(30)"))
        .isInstanceOf(StatementTimeoutException.class);

    rollBackImpatiently(id);
  }

  private ExecuteStatementResponse impatiently(String id, String sql) {
    return impatient.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").transactionId(id).sql(sql));
  }

  private void rollBackImpatiently(String id) {
    impatient.rollbackTransaction(r -> r.resourceArn(ARN).secretArn("secret").transactionId(id));
  }

  private boolean isRolledBackImpatiently(String id) {
    try {
      rollBackImpatiently(id);
      return true;
    } catch (DatabaseErrorException e) {
      return false;
    }
  }

  /// Until a statement that has this text in it runs.
  private void awaitRunning(String name) {
    Waiting.until(name, () -> running(name) > 0);
  }

  @Test
  void valuesAreTheSameHoweverOftenATransactionAsks() {
    var id = begin();
    for (var time = 0; time < 12; time++) {
      assertThat(
              data.executeStatement(r ->
                      r.resourceArn(ARN)
                          .secretArn("secret")
                          .sql("select 3.14::real")
                          .transactionId(id))
                  .records())
          .containsExactly(List.of(Field.fromDoubleValue(3.14)));
    }
    data.commitTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
  }

  private String begin() {
    return data.beginTransaction(r -> r.resourceArn(ARN).secretArn("secret")).transactionId();
  }

  private void within(String transaction, String sql) {
    data.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).transactionId(transaction));
  }

  @Test
  void aBatchIsAllOrNothing() {
    var good = List.of(text("n", "batch", null), text("p", "1.00", "DECIMAL"));
    var bad = List.of(text("n", "batch", null), text("p", "12345678", "DECIMAL"));
    assertThatThrownBy(() -> batch(List.of(good, bad))).isInstanceOf(DatabaseErrorException.class);
    assertThat(items("batch")).isZero();
    batch(List.of(good, good));
    assertThat(items("batch")).isEqualTo(2);
  }

  @Test
  void aBatchWithoutSetsRunsNothing() {
    var sql = "insert into item (name) values ('without sets')";
    data.batchExecuteStatement(r -> r.resourceArn(ARN).secretArn("secret").sql(sql));
    assertThat(items("without sets")).isZero();
    data.batchExecuteStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).parameterSets(List.of(List.of())));
    assertThat(items("without sets")).isEqualTo(1);
  }

  private void batch(List<List<SqlParameter>> sets) {
    data.batchExecuteStatement(r ->
        r.resourceArn(ARN)
            .secretArn("secret")
            .sql("insert into item (name, price) values (:n, :p)")
            .parameterSets(sets));
  }

  @Test
  void aSlowStatementIsCancelled() {
    assertThatThrownBy(() -> slow("cancelled", false))
        .isInstanceOf(StatementTimeoutException.class);
    // Its server process needs a moment to notice.
    Waiting.until("its end", () -> running("cancelled") == 0);
    assertThat(items("cancelled")).isZero();
  }

  @Test
  void aSlowStatementGoesOnWhereThatIsAsked() {
    assertThatThrownBy(() -> slow("went on", true)).isInstanceOf(StatementTimeoutException.class);
    Waiting.until("its row", () -> items("went on") > 0);
    assertThat(items("went on")).isEqualTo(1);
  }

  private void slow(String name, boolean goesOn) {
    impatient.executeStatement(r ->
        r.resourceArn(ARN)
            .secretArn("secret")
            .sql("insert into item (name) select '" + name + "' from pg_sleep(1.5)")
            .continueAfterTimeout(goesOn));
  }
}
