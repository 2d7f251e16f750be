package dev.dbartifact.examples;

import java.util.List;
import java.util.stream.Stream;

/// What somebody gets wrong in an INI file, and what has to be said about it.
///
/// @param name a sentence
/// @param ini the file; nothing for one that is not there
/// @param changelog the file `changelog.xml` beside it; nothing for none
/// @param says what the answer contains
record BadInput(String name, String ini, String changelog, List<String> says) {
  private static final String SOURCE = "[source_db]\nsource_db_cluster_id = shop-prod\n";
  private static final String CHANGELOG = SOURCE + "liquibase_changelog_path = changelog.xml\n";
  private static final String XML =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
        %s
      </databaseChangeLog>
      """;

  private static BadInput ini(String name, String ini, String... says) {
    return new BadInput(name, ini, null, List.of(says));
  }

  private static BadInput changelog(String name, String changelog, String... says) {
    return new BadInput(name, CHANGELOG, changelog, List.of(says));
  }

  static List<BadInput> all() {
    return Stream.of(forms(), values(), changelogs()).flatMap(List::stream).toList();
  }

  /// Files that are none, and keys that are not known.
  private static List<BadInput> forms() {
    return List.of(
        ini("missing", null, "artifact-config.ini"),
        ini("empty", "", "artifact-config.ini", "holds no section"),
        ini("binary", "\0\1\2\3ELF\0\0", "artifact-config.ini"),
        ini("without sections", "source_db_cluster_id = shop-prod\n", ":1", "source_db"),
        ini(
            "an unknown section",
            SOURCE + "[targetdb]\nport = 5432\n",
            ":3 [targetdb]",
            "target_db"),
        ini(
            "an unknown key that is nearly one",
            SOURCE + "[target_db]\nsubnet_id = source\n",
            ":4 [target_db] subnet_id",
            "did you mean subnet_ids?"),
        ini(
            "a key set twice",
            SOURCE + "source_db_cluster_id = other\n",
            ":3",
            "is set a second time; the first is in line 2"));
  }

  /// Keys whose value cannot be.
  private static List<BadInput> values() {
    return List.of(
        ini(
            "malformed subnets",
            SOURCE + "[target_db]\nsubnet_ids = subnet-0a10000000000000a, sub-2\n",
            ":4 [target_db] subnet_ids",
            "'sub-2'"),
        ini(
            "one subnet only",
            SOURCE + "[target_db]\nsubnet_ids = subnet-0a10000000000000a\n",
            ":4 [target_db] subnet_ids",
            "two"),
        ini(
            "subnets in one zone only",
            SOURCE
                + "[target_db]\nsubnet_ids = subnet-0a10000000000000a, subnet-0a10000000000000d\n",
            ":4 [target_db] subnet_ids",
            "us-west-2a",
            "at least two availability zones"),
        ini(
            "a base that is missing",
            SOURCE + "[image]\nbase_image = tar:gone.tar\n",
            ":4 [image] base_image",
            "gone.tar does not exist"),
        ini(
            "a changelog that is missing, of no source",
            "[liquibase]\nliquibase_changelog_path = gone.xml\n",
            "source_db_cluster_id: is missing",
            "'gone.xml' does not exist"),
        ini(
            "an illegal identifier",
            SOURCE + "[target_db]\ncluster_id = 1--shop\n",
            ":4 [target_db] cluster_id",
            "'1--shop'"),
        ini(
            "the source as its own target",
            SOURCE + "[target_db]\ncluster_id = shop-prod\n",
            "[target_db] cluster_id",
            "is the source itself"),
        ini(
            "several problems at once",
            "[source_db]\nsource_db_cluster_id = -\n[target_db]\nport = 80\ninstance_type = large\n",
            ":2",
            ":4",
            ":5"));
  }

  /// Files with a changelog that cannot be.
  private static List<BadInput> changelogs() {
    return List.of(
        new BadInput(
            "a changelog that is missing", CHANGELOG, null, List.of("changelog.xml", ":3")),
        changelog("a changelog that is empty", "", "changelog.xml"),
        changelog("a changelog that is malformed", XML.formatted("<changeSet"), "changelog.xml"),
        changelog(
            "a changelog whose include is missing",
            XML.formatted("<include file='tables/gone.xml' relativeToChangelogFile='true'/>"),
            "tables/gone.xml",
            "changelog.xml"),
        changelog(
            "a changelog that escapes its root",
            XML.formatted("<include file='../../../etc/passwd' relativeToChangelogFile='true'/>"),
            "etc/passwd",
            "changelog.xml"));
  }
}
