package dev.dbartifact.builder.changelog;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a YAML or JSON changelog as a tree; no object is ever made from it.
final class YamlMentions {
  private static final String ROOT = "databaseChangeLog";

  private final List<Mention> mentions = new ArrayList<>();
  // An alias can lead back to a node that holds it.
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlMentions() {}

  static List<Mention> of(Path file) throws IOException, MalformedChangelogException {
    try (var content = Files.newBufferedReader(file)) {
      var root = compose(content);
      requireChangelog(root);
      var found = new YamlMentions();
      found.collect(root);
      return found.mentions;
    } catch (MalformedInputException notText) {
      throw new MalformedChangelogException(1, "is not a text file in UTF-8");
    }
  }

  private static Node compose(Reader content) throws MalformedChangelogException {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(content);
    } catch (MarkedYAMLException malformed) {
      throw new MalformedChangelogException(
          malformed.getProblemMark().getLine() + 1,
          "is not well-formed YAML or JSON: " + malformed.getProblem());
    } catch (YAMLException malformed) {
      throw new MalformedChangelogException(
          1, "is not well-formed YAML or JSON: " + malformed.getMessage());
    }
  }

  private static void requireChangelog(Node root) throws MalformedChangelogException {
    boolean isChangelog =
        root instanceof MappingNode mapping
            && mapping.getValue().stream()
                .anyMatch(entry ->
                    ROOT.equals(text(entry.getKeyNode()))
                        && entry.getValueNode() instanceof SequenceNode);
    if (!isChangelog) {
      throw new MalformedChangelogException(
          root == null ? 1 : line(root), "is no changelog: it needs a list called " + ROOT);
    }
  }

  private void collect(Node node) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case SequenceNode sequence -> sequence.getValue().forEach(this::collect);
      case MappingNode mapping -> mapping.getValue().forEach(this::collect);
      default -> {}
    }
  }

  private void collect(NodeTuple entry) {
    if (text(entry.getKeyNode()) instanceof String name
        && entry.getValueNode() instanceof MappingNode value) {
      mentions.add(new Mention(name, attributes(value), line(entry.getKeyNode())));
    }
    collect(entry.getValueNode());
  }

  private static Map<String, String> attributes(MappingNode mapping) {
    Map<String, String> attributes = new HashMap<>();
    for (var entry : mapping.getValue()) {
      if (text(entry.getKeyNode()) instanceof String name
          && text(entry.getValueNode()) instanceof String value) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
