package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.LocalEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every action that is offered was tried by a client that is not ours: the scripts that
/// [OutsideClientsIT] runs call it.
class OutsideScriptsTest {

  private static final Path SCRIPTS = Path.of("src/test/resources/outside");

  @Test
  void everyActionIsCalledByAScript() throws Exception {
    var scripts = scripts();
    var missing =
        LocalEngine.offers().stream()
            .flatMap(offer ->
                offer.actions().keySet().stream()
                    .filter(action -> scripts.stream().noneMatch(calls(offer.service(), action)))
                    .map(action -> offer.service() + ":" + action))
            .toList();
    assertThat(missing).isEmpty();
  }

  @Test
  void aNameInACommentIsNoCall() {
    var calls = calls("rds", "DescribeDBClusters");
    assertThat(calls.test("aws rds describe-db-clusters --output text")).isTrue();
    assertThat(calls.test("for each in rds.describe_db_clusters()['DBClusters']:")).isTrue();
    assertThat(calls.test("rds.get_paginator('describe_db_clusters')")).isTrue();
    assertThat(calls.test("# describe-db-clusters")).isFalse();
    assertThat(calls.test("aws rds describe-db-clusters-more")).isFalse();
    assertThat(calls.test("aws ec2 describe-db-clusters")).isFalse();
  }

  /// The command line's way to call it, and boto3's.
  private static java.util.function.Predicate<String> calls(String service, String action) {
    var snake =
        action
            .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    var shell = "aws " + service + " " + snake.replace('_', '-') + "(?![a-z-])";
    var python = "\\." + snake + "\\(|get_paginator\\([\"']" + snake + "[\"']\\)";
    return Pattern.compile(shell + "|" + python).asPredicate();
  }

  private static List<String> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files.map(OutsideScriptsTest::text).toList();
    }
  }

  private static String text(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
