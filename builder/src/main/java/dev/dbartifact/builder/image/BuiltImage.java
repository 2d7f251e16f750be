package dev.dbartifact.builder.image;

import dev.dbartifact.artifact.Digest;

/// An image that stands where it was asked for.
///
/// @param reference its name and tag
/// @param digest of its manifest; the same inputs give the same one for the same kind of target
/// @param imageId the digest of its configuration, which `docker images` shows
public record BuiltImage(String reference, Digest digest, Digest imageId) {}
