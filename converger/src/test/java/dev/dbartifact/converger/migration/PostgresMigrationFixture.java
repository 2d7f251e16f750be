package dev.dbartifact.converger.migration;

import java.time.Duration;

/// Migrations of a real PostgreSQL.
abstract class PostgresMigrationFixture extends MigrationFixture {
  PostgresMigrationFixture() {
    super(TestPostgres.running(), Duration.ofMillis(300));
  }

  static final String TWO_TABLES =
      """
      --liquibase formatted sql
      --changeset anna:1
      CREATE TABLE customers (id int PRIMARY KEY, name text);
      --rollback DROP TABLE customers;
      --changeset anna:2
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers);
      """;

  int name() {
    return target.database().value().hashCode();
  }

  static String formatted(String id, String sql) {
    return "--liquibase formatted sql\n--changeset anna:" + id + "\n" + sql + "\n";
  }
}
