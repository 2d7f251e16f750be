package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clones on MariaDB.
abstract class AbstractMariaDbCloneTest extends MariaDbHostFixture {

  @Test
  void aCloneOfABusySourceShowsOneMomentAndGoesItsOwnWay() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    try (var transfers = Transfers.between(source)) {
      transfers.await(50);

      assertThat(host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE)).isEqualTo(best());

      var copied = transfers.count();
      transfers.await(copied + 50);
      var clone = started(CLONE);
      assertThat(clone.value("SELECT sum(balance) FROM account")).isEqualTo("20000");
      assertThat(Long.parseLong(clone.value("SELECT count(*) FROM transfer")))
          .isBetween(50L, copied + 1);
      assertThat(clone.value("SELECT max(id) - count(*) FROM transfer")).isEqualTo("0");
      clone.execute("CHECK TABLE account EXTENDED", "CREATE TABLE only_clone (id int)");
      source.execute("CREATE TABLE only_source (id int)");
      var tables =
          "SELECT group_concat(table_name) FROM information_schema.tables"
              + " WHERE table_name LIKE 'only%'";
      assertThat(clone.value(tables)).isEqualTo("only_clone");
      assertThat(source.value(tables)).isEqualTo("only_source");
    }
  }

  @Test
  void aFullCopySharesNothing() throws Exception {
    create(SOURCE);
    started(SOURCE).execute("CREATE TABLE item AS SELECT seq FROM seq_1_to_1000");

    assertThat(host.copy(SOURCE, CLONE, CloneKind.FULL_COPY)).isEqualTo(CloneKind.FULL_COPY);

    assertThat(started(CLONE).value("SELECT count(*) FROM item")).isEqualTo("1000");
    host.stop(CLONE);
    assertThat(host.usage(CLONE).shared()).isZero();
  }

  @Test
  void aCloneIsReplacedByACopyOfItsSource_andItsPasswordCarriedOver() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item (id int)");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);
    host.changeMasterPassword(
        CLONE, "root", host.verifier(ServerKind.MARIADB, new Secret("its own")));
    var kept = host.masterVerifier(CLONE, "root").orElseThrow();
    assertThat(host.masterVerifier(SOURCE, "nobody")).isEmpty();
    source.execute("INSERT INTO item VALUES (1), (2)");

    assertThat(
            host.replace(
                SOURCE, CLONE, List.of(), CloneKind.COPY_ON_WRITE, DatabaseHost.Preparation.NONE))
        .isEqualTo(best());

    host.start(CLONE, clone.listen());
    host.changeMasterPassword(CLONE, "root", kept);
    var again = as(clone.listen(), "root", "its own");
    assertThat(again.value("SELECT count(*) FROM item")).isEqualTo("2");
    again.execute("DELETE FROM item");
    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("2");
  }

  @Test
  void aCloneIsFollowedByNobody_andHasANumberOfItsOwn() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    var clone = started(CLONE);

    assertThat(clone.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(REPLICAS)).isEqualTo("1");
    assertThat(List.of(source, reader, clone))
        .extracting(each -> each.value("SELECT @@server_id"))
        .doesNotHaveDuplicates();
    clone.execute("CREATE TABLE only_clone (id int)");
    source.execute("CREATE TABLE only_source (id int)");
    awaitValue(reader, TABLES.formatted("only_source"), "1");
    assertThat(reader.value(TABLES.formatted("only_clone"))).isEqualTo("0");
  }

  @Test
  void aCopyOfAReaderFollowsNobody() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    host.copy(READER, CLONE, CloneKind.COPY_ON_WRITE);

    var clone = started(CLONE);

    source.execute("CREATE TABLE news (id int)");
    awaitValue(reader, TABLES.formatted("news"), "1");
    assertThat(replicationOf(clone)).isFalse();
    assertThat(clone.value(TABLES.formatted("news"))).isEqualTo("0");
    assertThat(source.value(REPLICAS)).isEqualTo("1");
    clone.execute("CREATE TABLE only_clone (id int)");
  }
}
