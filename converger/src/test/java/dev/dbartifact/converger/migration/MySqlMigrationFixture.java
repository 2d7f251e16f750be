package dev.dbartifact.converger.migration;

import java.time.Duration;

/// Migrations of a real MariaDB, where DDL commits by itself.
abstract class MySqlMigrationFixture extends MigrationFixture {
  MySqlMigrationFixture() {
    super(TestMariaDb.running(), Duration.ofSeconds(1));
  }

  static final String TWO_TABLES =
      """
      --liquibase formatted sql
      --changeset anna:1
      CREATE TABLE customers (id int PRIMARY KEY, name text);
      --changeset anna:2
      CREATE TABLE orders (id int PRIMARY KEY, customer int, FOREIGN KEY (customer) REFERENCES customers (id));
      """;
}
