/// Brings the schema of one PostgreSQL database to a changelog: plain JDBC and Liquibase, in this
/// JVM. Also answers whether a login works, which is what "ready" means. Knows nothing of AWS.
package dev.dbartifact.converger.migration;
