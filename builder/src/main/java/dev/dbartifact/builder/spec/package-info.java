/// What an operator asks for: the content of `artifact-config.ini` as checked values. Here, and
/// nowhere else, the word `source` of the file is resolved into what the source has.
package dev.dbartifact.builder.spec;
