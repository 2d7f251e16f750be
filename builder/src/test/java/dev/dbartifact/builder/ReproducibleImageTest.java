package dev.dbartifact.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same inputs give the same image, wherever and by whomever it is built.
class ReproducibleImageTest {
  @TempDir Path folder;

  @Test
  void folderUmaskTimeZoneAndLocaleDoNotMatter() throws Exception {
    var base = TinyBase.in(folder.resolve("base"));
    var first = build(base, "here", "022", "UTC", "C.UTF-8", "-Duser.language=en");
    var second =
        build(base, "some/other place", "077", "Asia/Kathmandu", "tr_TR", "-Duser.language=tr");
    assertThat(first).startsWith("sha256:").isEqualTo(second);
    assertThat(folder.resolve("here/image.tar"))
        .hasSameBinaryContentAs(folder.resolve("some/other place/image.tar"));
  }

  private String build(
      Path base, String place, String umask, String zone, String locale, String language)
      throws Exception {
    var shell =
        """
        umask %s
        mkdir -p "$3/db"
        printf '[source_db]\\nsource_db_cluster_id = prod-orders\\n[liquibase]\\nliquibase_changelog_path = db/a.yaml\\n' >"$3/a.ini"
        printf 'databaseChangeLog:\\n- include: {file: db/b.sql}\\n- include: {file: db/I.sql}\\n' >"$3/db/a.yaml"
        printf 'select 1;\\n' >"$3/db/b.sql"
        printf 'select 2;\\n' >"$3/db/I.sql"
        exec "$1" %s --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 \
          -cp "$2" dev.dbartifact.builder.BuildOnce "$4" "$3/a.ini" "$3"
        """
            .formatted(umask, language);
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var classPath = System.getProperty("java.class.path");
    var work = folder.resolve(place).toString();
    var process =
        new ProcessBuilder(
            List.of("sh", "-c", shell, "build", java, classPath, work, base.toString()));
    process.environment().put("TZ", zone);
    process.environment().put("LC_ALL", locale);
    var errors = Files.createTempFile(folder, "build", ".err");
    var run = process.redirectError(errors.toFile()).start();
    var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).describedAs(Files.readString(errors)).isZero();
    return said.strip();
  }
}
