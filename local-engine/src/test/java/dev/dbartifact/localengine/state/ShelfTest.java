package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;

class ShelfTest {
  private static final DBCluster SHOP =
      DBCluster.builder().dbClusterIdentifier("shop").status("creating").build();

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("state");

  @TempDir Path folder;
  private Shelf<DBCluster> shelf;

  @BeforeEach
  void put() {
    shelf = shelf();
    shelf.put(SHOP);
  }

  private Shelf<DBCluster> shelf() {
    return new Shelf<>(folder, DBCluster.class, DBCluster::dbClusterIdentifier);
  }

  @Test
  void whatStaysAsItIsIsNotWrittenAgain() throws Exception {
    Files.delete(folder.resolve("shop.json"));

    assertThat(shelf.update("shop", same -> same.copy(to -> {}))).contains(SHOP);

    assertThat(folder.resolve("shop.json")).doesNotExist();
  }

  @Test
  void aChangeIsOnTheDisk() {
    shelf.update("shop", now -> now.copy(to -> to.status("available")));

    assertThat(shelf().find("shop").orElseThrow().status()).isEqualTo("available");
  }

  @Test
  void whatBelongsTogetherIsFoundTogether() {
    var byState =
        new Shelf<>(folder, DBCluster.class, DBCluster::dbClusterIdentifier, DBCluster::status);
    assertThat(byState.in("available")).isEmpty();

    byState.put(SHOP.copy(to -> to.dbClusterIdentifier("dev")));
    byState.put(SHOP.copy(to -> to.dbClusterIdentifier("prod").status("available")));
    byState.put(SHOP.copy(to -> to.port(5433)));

    assertThat(byState.in("creating"))
        .extracting(DBCluster::dbClusterIdentifier)
        .containsExactly("dev", "shop");
    assertThat(byState.in("creating")).extracting(DBCluster::port).containsExactly(null, 5433);
    byState.remove("shop");
    byState.remove("prod");
    assertThat(byState.in("creating"))
        .extracting(DBCluster::dbClusterIdentifier)
        .containsExactly("dev");
    assertThat(byState.in("available")).isEmpty();
  }

  @Test
  void whatIsGoneIsNotMadeAgain() {
    shelf.remove("shop");

    assertThat(shelf.update("shop", now -> now)).isEmpty();
    assertThat(shelf().all()).isEmpty();
  }

  private Path inTheWay() throws Exception {
    return Files.createDirectories(folder.resolve(".shop.json.new/in the way"));
  }

  @Test
  void whatIsSettledIsShown_andWrittenAsSoonAsThatCanBe() throws Exception {
    var obstacle = inTheWay();

    shelf.settle("shop", now -> now.copy(to -> to.status("available")));
    shelf.show("shop", now -> now.copy(to -> to.status("modifying")));
    shelf.catchUp();

    assertThat(shelf.find("shop").orElseThrow().status()).isEqualTo("modifying");
    assertThat(shelf().find("shop").orElseThrow().status()).isEqualTo("creating");
    assertThat(shelf.isBehind()).isTrue();

    Files.delete(obstacle);
    shelf.catchUp();
    assertThat(shelf().find("shop").orElseThrow().status()).isEqualTo("available");
    assertThat(shelf.isBehind()).isFalse();
  }

  @Test
  void whatIsGoneOrNewerIsNotWrittenLater() throws Exception {
    var obstacle = inTheWay();
    shelf.settle(SHOP.copy(to -> to.status("failed")));
    Files.delete(obstacle);

    shelf.put(SHOP.copy(to -> to.status("available")));
    assertThat(shelf.isBehind()).isFalse();

    inTheWay();
    shelf.settle(SHOP.copy(to -> to.status("failed")));
    shelf.remove("shop");
    shelf.catchUp();
    assertThat(shelf.isBehind()).isFalse();
    assertThat(folder.resolve("shop.json")).doesNotExist();
  }
}
