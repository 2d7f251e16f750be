/// Event subscriptions, which are remembered and shown; nobody is told of events.
package dev.dbartifact.localengine.rds.subscription;
