/// The names of endpoints, and the file in the form of hosts(5) that says where they lead.
package dev.dbartifact.localengine.hosts;
