package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// Fresh clusters, migrated by a changelog.
final class CreateCases {
  private CreateCases() {}

  static List<ConvergeCase> all() {
    return List.of(
        new ConvergeCase(
            "a fresh cluster has the schema of the changelog and no rows of the source",
            Repository.CREATE,
            Way.WRAPPER,
            List.of("--mode", "create", "--db_username", "keeper", "--cluster_id", "dev-fresh"),
            "dev-fresh",
            CreateCases::isAFreshShop),
        new ConvergeCase(
            "another spelling of the mode, in a confined container",
            Repository.CREATE,
            Way.CONFINED_CONTAINER,
            List.of("--create-mode=create", "--owner", "ci"),
            "shop-prod-create-ci",
            copy -> assertThat(copy.cluster().masterUsername()).isEqualTo("shop")));
  }

  private static void isAFreshShop(ShopCopy copy) throws Exception {
    assertThat(copy.cluster().masterUsername()).isEqualTo("keeper");
    assertThat(copy.cluster().databaseName()).isEqualTo("shop");
    assertThat(copy.tags()).containsEntry("db-artifact:mode", "create");
    assertThat(copy.query("SELECT count(*) FROM databasechangelog")).containsExactly("13");
    assertThat(copy.query("SELECT count(*) > 0 FROM products")).containsExactly("t");
    assertThat(copy.query("SELECT count(*) > 0 FROM categories")).containsExactly("t");
    assertThat(copy.query("SELECT count(*) FROM orders")).containsExactly("0");
    assertThat(copy.query("SELECT count(*) FROM pg_views WHERE schemaname = 'public'"))
        .containsExactly("2");
    assertThat(
            copy.query("SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"))
        .containsExactly("1");
    copy.refusesThePassword(Workshop.SOURCE_PASSWORD.reveal());
  }
}
