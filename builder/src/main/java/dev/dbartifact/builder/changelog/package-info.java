/// Finds every file that a Liquibase changelog needs, before it is baked into an image. Knows the
/// formats of changelogs, not Liquibase itself: nothing is executed here.
package dev.dbartifact.builder.changelog;
