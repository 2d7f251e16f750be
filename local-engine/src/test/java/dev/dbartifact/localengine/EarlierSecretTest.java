package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.StorageId;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.RdsException;

/// Secrets whose key is remembered by the name that somebody gave: an earlier engine took any.
class EarlierSecretTest extends PlainInstanceFixture {

  private static final String OTHER = "You can't change the KMS key of the secret";

  private void managed(String key) throws Exception {
    create("own", r -> r.masterUserPassword(null).manageMasterUserPassword(true));
    var own = storage(until("own", "available"));
    rememberKey(own, key);
    until("own", "available");
  }

  private void rememberKey(StorageId storage, String key) throws Exception {
    remembering(
        "clusters/" + storage + ".json",
        settings -> settings.withObject("/MasterUserSecret").put("KmsKeyId", key));
  }

  @Test
  void anAliasIsTheKeyThatItNames() throws Exception {
    managed("alias/mine");
    ask("alias/mine");
    refused(RdsException.class, OTHER, () -> ask("alias/others"));
  }

  @Test
  void whatIsNoKeyIsAnotherOne() throws Exception {
    managed("mine");
    refused(RdsException.class, OTHER, () -> ask("alias/mine"));
    modify("own", r -> r.manageMasterUserPassword(true));
  }

  private void ask(String key) {
    modify("own", r -> r.manageMasterUserPassword(true).masterUserSecretKmsKeyId(key));
  }

  @Test
  void ofAClusterToo() throws Exception {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .manageMasterUserPassword(true));
    var shop = engine.await("shop", each -> each.status().equals("available"));
    rememberKey(storage(shop), "alias/mine");
    engine.await("shop", each -> each.status().equals("available"));

    var modified =
        engine.rds.modifyDBCluster(r ->
            r.dbClusterIdentifier("shop")
                .manageMasterUserPassword(true)
                .masterUserSecretKmsKeyId("alias/mine"));
    assertThat(modified.dbCluster().masterUserSecret()).isNotNull();
  }
}
