package dev.dbartifact.builder.spec;

import java.nio.file.Path;

/// Which changelog an artifact carries.
///
/// @param root the folder that paths in the changelog count from, and that nothing may lead out of
/// @param path the root file, relative to `root`
/// @param namedAt where it is named, for messages
public record ChangelogSpec(Path root, Path path, String namedAt) {}
