package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the scripts share.
class ScriptsTest {
  private static final Path LIBRARY = Repository.ROOT.resolve("scripts/lib");
  private static final Instant LONG_AGO = Instant.parse("2024-01-02T03:04:05Z");

  @TempDir Path checkout;

  @Test
  void timesAreRightWhereNumbersAreWrittenWithAComma() throws Exception {
    String script =
        ". '%s'; unset EPOCHREALTIME; EPOCHREALTIME=3,25; seconds_since 1,75"
            .formatted(LIBRARY.resolve("narrate.sh"));

    assertThat(bash(script).exits(0).out()).isEqualTo("1.5 s");
  }

  @Test
  void theProductIsBuiltUntilASourceChanges() throws Exception {
    Path source = aCheckout();
    assertThat(isBuilt()).isFalse();

    assertThat(bash("build_product").exit()).isZero();
    assertThat(isBuilt()).isTrue();

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
    assertThat(isBuilt()).isFalse();
    Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
    assertThat(isBuilt()).isTrue();

    Files.delete(checkout.resolve("builder/target/base/db-artifact-base.tar"));
    assertThat(isBuilt()).isFalse();
  }

  @Test
  void aBuildThatFailsIsNone() throws Exception {
    aCheckout();
    program("mvnw", "exit 1");

    assertThat(bash("build_product").exit()).isNotZero();
    assertThat(isBuilt()).isFalse();
    assertThat(checkout.resolve("target")).isEmptyDirectory();
  }

  /// A JDK without its compiler is a runtime.
  @Test
  void whoBuildsIsNotGivenARuntime() throws Exception {
    Path runtime = Files.createDirectories(checkout.resolve("runtime"));
    Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");
    program("runtime/bin/java", "exit 1");
    String use =
        "JAVA_HOME='%s'; . '%s'; dba_use_jdk %%s; echo \"$JAVA_HOME\""
            .formatted(runtime, Repository.ROOT.resolve("bin/lib/jdk.sh"));

    assertThat(bash(use.formatted("")).out()).isEqualTo(runtime + "\n");
    assertThat(bash(use.formatted("javac")).out()).isNotEqualTo(runtime + "\n");
  }

  /// A cache that another Java has made is of no use, and in the way of a new one.
  @Test
  void theBuildersCacheIsOfOneJava() throws Exception {
    Path launcher = Repository.ROOT.resolve("bin/db-artifact-builder");
    Files.createDirectories(checkout.resolve("bin/lib"));
    Files.copy(launcher, checkout.resolve("bin/db-artifact-builder"));
    Files.copy(launcher.resolveSibling("lib/jdk.sh"), checkout.resolve("bin/lib/jdk.sh"));
    for (String file : List.of("builder-1.jar", "lib/a.jar", "base/db-artifact-base.tar")) {
      Path made = checkout.resolve("builder/target").resolve(file);
      Files.createDirectories(made.getParent());
      Files.createFile(made);
    }
    program("java/bin/java", "case $1 in *CacheOutput=*) : >\"${1#*=}\" ;; *) echo \"$1\" ;; esac");

    String one = cacheOf("25.0.1", 1);
    assertThat(one).contains("-XX:AOTCache=" + checkout.resolve("builder/target/builder-"));
    assertThat(cacheOf("25.0.1", 1)).isEqualTo(one);
    assertThat(cacheOf("25.0.2", 2)).isNotEqualTo(one);
  }

  /// @param installed the second in which that Java was: caches are told apart by whole ones
  private String cacheOf(String java, long installed) throws Exception {
    Path home = checkout.resolve("java");
    Path release = Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + java + "\"\n");
    Files.setLastModifiedTime(release, FileTime.from(installed, TimeUnit.SECONDS));
    Program builder =
        new Program(checkout.resolve("bin/db-artifact-builder").toString())
            .with("PATH", "/usr/bin:/bin")
            .with("JAVA_HOME", home.toString());
    builder.arguments("--train").run().exits(0);
    return builder.run().exits(0).out();
  }

  private boolean isBuilt() throws Exception {
    return bash("product_is_built").exit() == 0;
  }

  private Answer bash(String script) throws Exception {
    return new Program("bash", "-c", ". '" + LIBRARY.resolve("product.sh") + "'; " + script)
        .with("PATH", "/usr/bin:/bin")
        .in(checkout)
        .run();
  }

  /// One of which all is old, with a build that makes what is looked for.
  private Path aCheckout() throws IOException {
    for (String folder : List.of(".mvn", "bin", "builder/src/main", "examples/src/main")) {
      Files.createDirectories(checkout.resolve(folder));
    }
    program(
        "mvnw",
        "mkdir -p builder/target/base local-engine/target/lib examples/target;"
            + " touch builder/target/base/db-artifact-base.tar examples/target/examples-1.jar");
    Path source = Files.writeString(checkout.resolve("builder/src/main/A.java"), "class A {}");
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("builder/pom.xml"), "<project/>");
    try (var files = Files.walk(checkout)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
      }
    }
    return source;
  }

  private void program(String name, String script) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
