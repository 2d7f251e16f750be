package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangelogPropertiesTest {
  private static final String KEY = "aws.secretAccessKey";

  private final DatabaseChangeLog changelog = new DatabaseChangeLog("root.xml");

  @BeforeEach
  void signIn() {
    System.setProperty(KEY, "a-secret");
  }

  @AfterEach
  void signOut() {
    System.clearProperty(KEY);
  }

  @Test
  void whatTheChangelogSetsIsExpanded() throws Exception {
    var properties = new ChangelogProperties(new PostgresDatabase());
    properties.set("everywhere", "a");
    properties.setLocal("here", "b", changelog);

    assertThat(properties.expandExpressions("${everywhere}${here}", changelog)).isEqualTo("ab");
    assertThat(properties.hasValue("everywhere", null)).isTrue();
    assertThat(properties.expandExpressions("${database.typeName}", changelog))
        .isEqualTo("postgresql");
    assertThat(properties.expandExpressions("${LIQUIBASE_EXECUTION_CHANGELOG_FILE}", changelog))
        .isEqualTo("root.xml");
  }

  @Test
  void whatThisJvmWasStartedWithIsNot() throws Exception {
    assertThat(System.getenv()).containsKey("PATH");
    var properties = new ChangelogProperties(new PostgresDatabase());
    for (String name : new String[] {KEY, "PATH", "java.home"}) {
      String expression = "${" + name + "}";
      assertThat(properties.expandExpressions(expression, changelog)).isEqualTo(expression);
      assertThat(properties.getValue(name, changelog)).isNull();
      assertThat(properties.hasValue(name, null)).isFalse();
    }
  }

  @Test
  void aVariableOfTheSameNameDoesNotReplaceAProperty() throws Exception {
    var properties = new ChangelogProperties(new PostgresDatabase());
    properties.set("PATH", "of the changelog");

    assertThat(properties.expandExpressions("${PATH}", changelog)).isEqualTo("of the changelog");
  }
}
