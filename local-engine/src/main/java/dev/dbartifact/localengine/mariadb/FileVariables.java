package dev.dbartifact.localengine.mariadb;

import java.util.Locale;
import java.util.regex.Pattern;

/// Variables that tell a server of files and folders. Nobody chooses them but the engine: a server
/// would write to whatever file of the machine its account may, those of other clusters among them.
///
/// They are told by their names, since the server has second names for some, such as
/// `log_slow_query_file` for `slow_query_log_file`, and gets more with its versions.
public final class FileVariables {
  private static final Pattern NAMES =
      Pattern.compile(".+_(file|filename|path|directory)|\\w*dirs?");

  private FileVariables() {}

  /// Whether a variable whose value is a text is one of them.
  public static boolean isOne(String name) {
    return NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
