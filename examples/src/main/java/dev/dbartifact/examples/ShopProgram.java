package dev.dbartifact.examples;

import dev.dbartifact.rds.AwsConnection;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.AwsSettings;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// How the programs of the examples begin and end: with a client of the standard AWS settings, and
/// a sentence where something fails.
final class ShopProgram {
  interface Work {
    /// @return whether it came to what it should
    boolean with(RdsClient rds, Arguments arguments) throws Exception;
  }

  private static final String LOCAL_ENGINE =
      " For the local engine: eval \"$(bin/db-artifact-local env)\"";

  private ShopProgram() {}

  /// @param tried such as `Could not make the source cluster shop-prod`
  /// @param options their names, see [Arguments#parse]
  /// @return the exit code: 2 where what it was given is wrong
  static int run(String tried, List<String> arguments, List<String> options, Work work) {
    try {
      Arguments given = Arguments.parse(arguments, options.toArray(String[]::new));
      return run(tried, given, work);
    } catch (IllegalArgumentException usage) {
      System.err.println(tried + ": " + usage.getMessage());
      return 2;
    }
  }

  private static int run(String tried, Arguments arguments, Work work) {
    try (RdsClient rds = client()) {
      return work.with(rds, arguments) ? 0 : 1;
    } catch (IllegalArgumentException usage) {
      throw usage;
    } catch (AwsException failed) {
      boolean settings = failed.meaning().isConfiguration();
      System.err.println(tried + ": " + failed.getMessage() + (settings ? LOCAL_ENGINE : ""));
      return settings ? 2 : 1;
    } catch (Exception failed) {
      System.err.println(tried + ": " + failed.getMessage());
      return 1;
    }
  }

  /// What is wrong with the settings is told in our words.
  private static RdsClient client() {
    try (var aws = AwsConnection.open(AwsSettings.standard())) {
      aws.region();
    }
    return RdsClient.create();
  }
}
