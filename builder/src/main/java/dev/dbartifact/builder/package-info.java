/// The builder: turns `artifact-config.ini` into the image of a database artifact.
/// [ArtifactBuilder] tells the story, [Main] is the command line.
package dev.dbartifact.builder;
