/// The RDS API over real database servers. [LocalRds] puts its parts together, which depend on each
/// other in one direction: on what is asked and what is kept stands the work that is done after an
/// answer, and on that stand the actions on each kind of resource.
package dev.dbartifact.localengine.rds;
