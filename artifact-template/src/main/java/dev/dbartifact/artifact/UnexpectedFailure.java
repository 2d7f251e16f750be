package dev.dbartifact.artifact;

import java.io.PrintStream;

/// What a command says when something happens that nobody thought of: one sentence, and the stack
/// trace only for those who asked for it.
public final class UnexpectedFailure {
  /// The option that shows stack traces.
  public static final String VERBOSE = "--verbose";

  private UnexpectedFailure() {}

  /// @param tried such as `Could not go on`
  public static String sentence(String tried, Throwable unexpected) {
    String message = unexpected.getMessage();
    String said = message == null ? unexpected.getClass().getSimpleName() : message;
    return tried
        + ": "
        + said.strip().replaceFirst("\\.$", "")
        + ". This should not happen; run the same command again with "
        + VERBOSE
        + ", and report what it shows.";
  }

  /// Says the sentence, behind the stack trace if that was asked for.
  public static void tell(String tried, Throwable unexpected, boolean verbose, PrintStream err) {
    if (verbose) {
      unexpected.printStackTrace(err);
    }
    err.println(sentence(tried, unexpected));
  }
}
