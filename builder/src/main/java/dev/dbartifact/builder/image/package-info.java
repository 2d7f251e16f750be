/// Writes the image of an artifact: two small layers on a base. [ImageWriter] is the one edge to
/// Jib and to the container engine.
package dev.dbartifact.builder.image;
