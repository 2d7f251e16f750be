package dev.dbartifact.localengine.ec2;

/// A rule in the group that it belongs to.
record GroupRule(SecurityGroup group, Direction direction, SecurityGroupRule rule) {}
