package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.rds.AwsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything a user asked for, checked.
///
/// @param username the master user of a created cluster, if not the artifact's
/// @param timeout for the whole run
/// @param resetPassword whether the password is set although the cluster has converged before
/// @param contexts Liquibase's contexts; empty for all
/// @param labels Liquibase's label filter; empty for all
/// @param terminal whether what is told on the way goes to a terminal
/// @param columns how wide that is, at least 10
/// @param warnings what to tell the user that is not wrong
public record ConvergeOptions(
    Command command,
    Mode mode,
    Optional<Secret> password,
    Optional<MasterUsername> username,
    Optional<ClusterId> clusterId,
    Optional<String> owner,
    AwsSettings aws,
    boolean json,
    boolean dryRun,
    boolean detailedExitCode,
    Duration timeout,
    boolean resetPassword,
    Set<Hazard> allowed,
    String contexts,
    String labels,
    boolean changelogCodeAllowed,
    boolean verbose,
    boolean terminal,
    int columns,
    List<String> warnings) {}
