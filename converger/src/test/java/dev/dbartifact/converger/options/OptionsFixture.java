package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.Secret;
import java.util.Arrays;
import java.util.Map;

/// Reads what a command line and an environment say; nothing stands on standard input.
abstract class OptionsFixture {
  static final Secret PASSWORD = Secret.masterPassword("a-password");

  static ConvergeOptions read(String... arguments) throws Exception {
    return read(Map.of(), arguments);
  }

  static ConvergeOptions read(Map<String, String> environment, String... arguments)
      throws Exception {
    return OptionsReader.read(Arrays.asList(arguments), environment, StandardInput.NONE);
  }
}
