package dev.dbartifact.localengine.rds.log;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.DescribeDbLogFilesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbLogFilesResponse;
import software.amazon.awssdk.services.rds.model.DownloadDbLogFilePortionRequest;
import software.amazon.awssdk.services.rds.model.DownloadDbLogFilePortionResponse;

/// The actions on log files.
public final class LogActions extends RdsActions {

  private final Logs logs;

  public LogActions(Logs logs) {
    this.logs = logs;
  }

  @Override
  @Honours(
      value = {
        "DBInstanceIdentifier",
        "FileLastWritten",
        "FileSize",
        "FilenameContains",
        "Filters",
        "Marker",
        "MaxRecords"
      },
      differs =
          "PostgreSQL writes a file a day, such as `error/postgresql.log.2030-01-31`, and keeps a"
              + " week of them.")
  public DescribeDbLogFilesResponse describeDBLogFiles(DescribeDbLogFilesRequest request) {
    return logs.describe(request);
  }

  @Override
  @Honours(
      value = {"DBInstanceIdentifier", "LogFileName", "Marker", "NumberOfLines"},
      differs =
          "A portion of 1 MB ends with a whole line, where AWS cuts it anywhere; control characters"
              + " are left out.")
  public DownloadDbLogFilePortionResponse downloadDBLogFilePortion(
      DownloadDbLogFilePortionRequest request) {
    return logs.download(request);
  }
}
