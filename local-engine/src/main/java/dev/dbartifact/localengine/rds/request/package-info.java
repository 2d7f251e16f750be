/// What every request to RDS has to do with: the account and Region it is made in, the rules that
/// its parameters keep, the faults that answer it, filters and pages.
package dev.dbartifact.localengine.rds.request;
