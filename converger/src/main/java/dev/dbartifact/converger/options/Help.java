package dev.dbartifact.converger.options;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The help text.
public final class Help {
  private static final String HEAD =
      """
      Makes the database that this artifact describes exist. Running it again changes nothing that is
      already right.

      Usage: [converge|plan|status|describe] [options]

        converge   make the database, or bring it back to what the artifact says (the default)
        plan       say what converge would do
        status     say how the database is
        describe   say what is in the artifact

      Options (dashes and underscores are the same in their names):
      """;

  private static final String TAIL =
      """

      The password is taken from --db_password, --db_password_file or the variable DB_PASSWORD. Where
      none is given and one is needed, the first line of standard input is waited for, up to a
      minute. Every other option can also be set in a variable: --mode in DB_ARTIFACT_MODE,
      --cluster_id in DB_ARTIFACT_CLUSTER_ID, and so on; --db_username in DB_USERNAME, --create_mode
      in CREATE_MODE. AWS credentials, profile and endpoints are found the standard way; the region is
      that of the source unless --region or DB_ARTIFACT_REGION names another one, whatever AWS_REGION
      says.

      Exit codes: 0 done or nothing to do, 1 failed, 2 usage or configuration error,
      3 left over after a converge, or pending for a plan with --detailed_exitcode, 4 refused.
      status exits with 0 whatever it finds.
      """;

  private Help() {}

  public static String text() {
    return HEAD
        + Arrays.stream(OptionNames.values())
            .map(OptionNames::helpLine)
            .collect(Collectors.joining("\n", "", "\n"))
        + TAIL;
  }
}
