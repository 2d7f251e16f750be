package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Clusters that pause while nobody is there, and come back for who connects.
class PauseIT extends RealPauseFixture {

  private static final int CLIENTS = 10;

  @Test
  void postgresComesBackForAllWhoConnectAtOnce_withTls() throws Exception {
    var shop = withOrders("shop");
    awaitPaused("shop");
    assertThat(processesOf(shop)).isEmpty();

    assertThat(allAtOnce(postgres(shop), "select count(*) from orders")).containsOnly("1000");
    assertThat(value(postgres(shop), "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
        .isEqualTo("t");
    assertThat(value(postgres(shop), "show port")).isEqualTo("5432");
  }

  @Test
  void mariaDbComesBackForAllWhoConnectAtOnce_withTls() throws Exception {
    engine.requireMariaDb();
    var sales = cluster("sales", MYSQL);
    execute(mariaDb(sales), "create database app", "create table app.orders (id int)");
    execute(mariaDb(sales), "insert into app.orders values (1), (2)");
    awaitPaused("sales");
    assertThat(processesOf(sales)).isEmpty();

    assertThat(allAtOnce(mariaDb(sales), "select count(*) from app.orders")).containsOnly("2");
    assertThat(value(mariaDb(sales), "select @@port")).isEqualTo("3306");
    assertThat(
            value(
                mariaDb(sales),
                "select variable_value from information_schema.session_status"
                    + " where variable_name = 'Ssl_version'"))
        .startsWith("TLS");
  }

  /// What as many clients are told who come at one moment.
  private static List<String> allAtOnce(String url, String query) {
    var ready = new CountDownLatch(CLIENTS);
    var answers =
        IntStream.range(0, CLIENTS)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> {
                      ready.countDown();
                      awaitAll(ready);
                      return value(url, query);
                    },
                    Thread::startVirtualThread))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static void awaitAll(CountDownLatch ready) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aWrongPasswordResumesIt_andIsRefused() throws Exception {
    var guess = cluster("guess", POSTGRES);
    awaitPaused("guess");
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres(guess), "shop", "battery-staple").close())
        .hasMessageContaining("password authentication failed");
    assertThat(messages("guess")).contains("Successfully resumed the DB instance.");
  }

  @Test
  void anOpenSessionKeepsItAwake() throws Exception {
    var busy = cluster("busy", POSTGRES);
    try (var connection = DriverManager.getConnection(postgres(busy), "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement()) {
      var idle = cluster("idle", POSTGRES);
      awaitPaused("idle");
      assertThat(value(postgres(idle), "select 1")).isEqualTo("1");
      awaitPaused("idle");
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(messages("busy")).noneMatch(each -> each.contains("paused"));
    }
    awaitPaused("busy");
  }
}
