/// Makes the base archive: the image that every artifact stands on, from nothing that has to be
/// pulled.
///
/// Runs while the builder is packaged, with the JDK that builds the project; nothing of it runs
/// when an artifact is built. [BaseArchive] tells the story.
package dev.dbartifact.builder.base;
