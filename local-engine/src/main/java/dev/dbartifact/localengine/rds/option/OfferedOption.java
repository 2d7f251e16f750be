package dev.dbartifact.localengine.rds.option;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.OptionGroupOption;

/// An option that groups of an engine can have. Options that open a port of their own, such as
/// `MEMCACHED`, are not among them: nobody would answer there. Pure.
///
/// See "Options for MariaDB database engine" and "Options for MySQL DB instances" in the Amazon RDS
/// User Guide.
record OfferedOption(String name, String description, List<OfferedSetting> settings) {

  private static final String EVENTS =
      "CONNECT,QUERY,QUERY_DDL,QUERY_DML,QUERY_DML_NO_SELECT,QUERY_DCL";

  OfferedOption {
    settings = List.copyOf(settings);
  }

  /// Those of PostgreSQL are none: it has extensions instead.
  static List<OfferedOption> of(Engine engine) {
    return switch (engine) {
      case MYSQL -> List.of(audit(EVENTS));
      case MARIADB -> List.of(audit(EVENTS + ",TABLE"));
      case AURORA_MYSQL, AURORA_POSTGRESQL, POSTGRES -> List.of();
    };
  }

  static OfferedOption find(Engine engine, String major, String name) {
    return of(engine).stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "Option %s is not available for engine %s %s. (The local engine has %s.)",
                name, engine.title(), major, names(engine)));
  }

  private static String names(Engine engine) {
    var names = of(engine).stream().map(OfferedOption::name).toList();
    return names.isEmpty() ? "no options for it" : String.join(", ", names);
  }

  private static OfferedOption audit(String events) {
    return new OfferedOption(
        "MARIADB_AUDIT_PLUGIN",
        "MariaDB Audit Plugin",
        List.of(
            OfferedSetting.words(
                "SERVER_AUDIT_EVENTS", "Types of activity to record", events, "CONNECT,QUERY"),
            OfferedSetting.words("SERVER_AUDIT_EXCL_USERS", "Exclude specified users", "", null),
            OfferedSetting.fixed(
                "SERVER_AUDIT_FILE_PATH", "Path of the log file", "/rdsdbdata/log/audit/"),
            OfferedSetting.number(
                "SERVER_AUDIT_FILE_ROTATE_SIZE",
                "Size in bytes at which the log file rotates",
                "1-1000000000",
                "1000000"),
            OfferedSetting.number(
                "SERVER_AUDIT_FILE_ROTATIONS", "Number of log rotations to keep", "0-100", "9"),
            OfferedSetting.words("SERVER_AUDIT_INCL_USERS", "Include specified users", "", null),
            OfferedSetting.fixed("SERVER_AUDIT_LOGGING", "Whether logging is active", "ON"),
            OfferedSetting.number(
                "SERVER_AUDIT_QUERY_LOG_LIMIT",
                "Length of queries in the log",
                "0-2147483647",
                "1024")));
  }

  OfferedSetting setting(String wanted) {
    return settings.stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "The option setting %s does not exist for option %s. It has %s.",
                wanted,
                name,
                String.join(", ", settings.stream().map(OfferedSetting::name).toList())));
  }

  /// For each major version.
  Stream<OptionGroupOption> offered(Engine engine, List<String> majors) {
    return majors.stream()
        .map(major ->
            OptionGroupOption.builder()
                .name(name)
                .description(description)
                .engineName(engine.title())
                .majorEngineVersion(major)
                .minimumRequiredMinorEngineVersion("0")
                .portRequired(false)
                .optionsDependedOn(List.of())
                .optionsConflictsWith(List.of())
                .persistent(false)
                .permanent(false)
                .requiresAutoMinorEngineVersionUpgrade(false)
                .vpcOnly(false)
                .supportsOptionVersionDowngrade(false)
                .optionGroupOptionSettings(settings.stream().map(OfferedSetting::offered).toList())
                .optionGroupOptionVersions(List.of())
                .copyableCrossAccount(false)
                .build());
  }
}
