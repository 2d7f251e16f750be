package dev.dbartifact.builder.ini;

/// One `key = value` of a file, as it stands there.
///
/// @param line counted from 1
record IniEntry(String section, String key, String value, int line) {}
