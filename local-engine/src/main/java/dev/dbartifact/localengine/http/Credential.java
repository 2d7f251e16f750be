package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Caller;

/// A key that may sign, and whom it stands for.
public record Credential(AccessKey key, Caller caller) {}
