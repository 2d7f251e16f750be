/// Where databases are reached: ports and addresses on the loopback network, the listeners of
/// endpoints, and the subnet groups that are only remembered.
package dev.dbartifact.localengine.rds.network;
