package dev.dbartifact.builder.base;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What lies where in the base image, in three layers from seldom to often changed.
///
/// Files get fixed modes here, whatever umask wrote them: Jib takes names, modes and bytes, sorts
/// them, and gives all of them to root at one time.
record BaseLayers(
    JavaRuntime runtime, CLibrary cLibrary, ConvergerJars jars, Optional<AotCache> cache) {
  private static final AbsoluteUnixPath JAVA = AbsoluteUnixPath.get("/opt/java");
  private static final AbsoluteUnixPath CONVERGER = AbsoluteUnixPath.get("/opt/converger");
  private static final AbsoluteUnixPath JARS = CONVERGER.resolve("lib");

  private static final FilePermissions READABLE = FilePermissions.fromOctalString("644");
  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
  private static final FilePermissions WRITABLE_BY_ALL = FilePermissions.fromOctalString("777");

  /// @param etc a folder with the files of `/etc`
  List<FileEntriesLayer> layers(Path etc) throws IOException {
    return List.of(system(etc), jarLayer("libraries", jars.libraries()).build(), converger());
  }

  /// The converger is started directly: the image holds no shell.
  List<String> entrypoint() {
    var command = new ArrayList<String>();
    command.add(JAVA.resolve("bin/java").toString());
    cache.ifPresent(it -> command.add("-XX:AOTCache=" + inImage(it)));
    command.addAll(AotCache.JVM_FLAGS);
    // Standard output belongs to the converger's answer; a warning of the JVM would spoil its JSON.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(List.of("-cp", imageClassPath(), AotCache.MAIN_CLASS));
    return command;
  }

  private String imageClassPath() {
    return jars.classPath().stream()
        .map(jar -> JARS.resolve(jar.getFileName().toString()).toString())
        .collect(Collectors.joining(":"));
  }

  private FileEntriesLayer system(Path etc) throws IOException {
    var layer = FileEntriesLayer.builder().setName("runtime");
    addTree(runtime.home(), JAVA, layer);
    cLibrary
        .files()
        .forEach((inImage, source) ->
            layer.addEntry(source, AbsoluteUnixPath.get(inImage.toString()), EXECUTABLE));
    addTree(etc, AbsoluteUnixPath.get("/etc"), layer);
    layer.addEntry(etc, AbsoluteUnixPath.get("/root"), EXECUTABLE);
    layer.addEntry(etc, AbsoluteUnixPath.get("/tmp"), WRITABLE_BY_ALL);
    return layer.build();
  }

  private FileEntriesLayer converger() {
    var layer = jarLayer("converger", jars.own());
    cache.ifPresent(it -> layer.addEntry(it.file(), inImage(it), READABLE));
    return layer.build();
  }

  private static AbsoluteUnixPath inImage(AotCache cache) {
    return CONVERGER.resolve(cache.file().getFileName().toString());
  }

  private static FileEntriesLayer.Builder jarLayer(String name, List<Path> jars) {
    var layer = FileEntriesLayer.builder().setName(name);
    jars.forEach(jar -> layer.addEntry(jar, JARS.resolve(jar.getFileName().toString()), READABLE));
    return layer;
  }

  private static void addTree(Path folder, AbsoluteUnixPath inImage, FileEntriesLayer.Builder layer)
      throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        var place = inImage.resolve(folder.relativize(file).toString());
        layer.addEntry(file, place, Files.isExecutable(file) ? EXECUTABLE : READABLE);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
