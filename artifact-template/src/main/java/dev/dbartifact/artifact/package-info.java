/// The contract between builder and converger: what an artifact holds, how it is written down, and
/// where it lies in the image. Values only: nothing here knows AWS, Jib or Liquibase.
package dev.dbartifact.artifact;
