/// What there is to ask for: engine versions, classes of instances, certificates, option groups,
/// quotas; and the events.
package dev.dbartifact.localengine.rds.offer;
