package dev.dbartifact.localengine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;

class ShelfTest {
  private static final DBCluster SHOP =
      DBCluster.builder().dbClusterIdentifier("shop").status("creating").build();

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
}
