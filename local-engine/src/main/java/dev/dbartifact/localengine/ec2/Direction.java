package dev.dbartifact.localengine.ec2;

/// Which way the traffic goes that a rule lets through.
enum Direction {
  INGRESS,
  EGRESS
}
