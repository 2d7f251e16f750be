/// What there is to ask for: engine versions, classes of instances, certificates, quotas; and the
/// events.
package dev.dbartifact.localengine.rds.offer;
