package dev.dbartifact.builder;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.BuiltImage;

/// An artifact that stands where it was asked for.
record BuiltArtifact(ArtifactMetadata metadata, BaseImage base, BuiltImage image) {}
