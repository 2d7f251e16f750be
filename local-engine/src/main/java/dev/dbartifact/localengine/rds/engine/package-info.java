/// The engines of RDS, their versions, what each of them demands, and the database servers that
/// stand behind them.
package dev.dbartifact.localengine.rds.engine;
