package dev.dbartifact.localengine.wire;

/// What goes back to the client.
///
/// @param status the HTTP status
public record Answer(int status, String contentType, String requestId, String body) {}
