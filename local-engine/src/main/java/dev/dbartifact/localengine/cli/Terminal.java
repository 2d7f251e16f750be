package dev.dbartifact.localengine.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// What a command talks to.
record Terminal(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {}
