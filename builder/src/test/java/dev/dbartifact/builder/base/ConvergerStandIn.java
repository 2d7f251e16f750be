package dev.dbartifact.builder.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/// A converger of one class, for tests of how it is packed: it prints a word.
final class ConvergerStandIn {
  private static final List<String> CLASSES = List.of(AotCache.MAIN_CLASS, AotCache.TRAINING_CLASS);

  private ConvergerStandIn() {}

  static Path jar(Path folder, String word) throws IOException {
    Files.createDirectories(folder);
    compile(folder, source(AotCache.MAIN_CLASS, "System.out.println(\"%s\");".formatted(word)));
    compile(folder, source(AotCache.TRAINING_CLASS, AotCache.MAIN_CLASS + ".main(args);"));
    var jar = folder.resolve("converger-1.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (var name : CLASSES) {
        var path = name.replace('.', '/') + ".class";
        add(out, path, Files.readAllBytes(folder.resolve(path)));
      }
      add(out, "META-INF/maven/dev.dbartifact/converger/pom.properties", new byte[0]);
    }
    return jar;
  }

  private static String source(String className, String body) {
    int dot = className.lastIndexOf('.');
    return "package %s; public class %s { public static void main(String[] args) { %s } }"
        .formatted(className.substring(0, dot), className.substring(dot + 1), body);
  }

  private static void compile(Path folder, String source) throws IOException {
    var file = folder.resolve(source.contains("class Main") ? "Main.java" : "Training.java");
    Files.writeString(file, source, StandardCharsets.UTF_8);
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                null,
                "-d",
                folder.toString(),
                "-cp",
                folder.toString(),
                file.toString());
    if (exit != 0) {
      throw new IOException("javac refused " + source);
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    var entry = new JarEntry(name);
    entry.setTime(0);
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
