package dev.dbartifact.localengine.rds.log;

import dev.dbartifact.localengine.rds.pause.Pauses;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.LogFile;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.DescribeDBLogFilesDetails;
import software.amazon.awssdk.services.rds.model.DescribeDbLogFilesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbLogFilesResponse;
import software.amazon.awssdk.services.rds.model.DownloadDbLogFilePortionRequest;
import software.amazon.awssdk.services.rds.model.DownloadDbLogFilePortionResponse;

/// The log files of instances. A file is found by its name among those that are there: a name is
/// never taken for a path.
///
/// See DescribeDBLogFiles and DownloadDBLogFilePortion in the Amazon RDS API Reference.
public final class Logs {

  /// Lines of a portion, where the request does not say.
  private static final int LINES = 10_000;

  /// Files of a page, where the request does not say. AWS names no limits here.
  private static final int FILES = 1000;

  private final NamedInstances named;
  private final Members members;
  private final DatabaseHost host;
  private final Catalog catalog;
  private final Pauses pauses;

  public Logs(
      Catalog catalog, NamedInstances named, Members members, DatabaseHost host, Pauses pauses) {
    this.catalog = catalog;
    this.pauses = pauses;
    this.named = named;
    this.members = members;
    this.host = host;
  }

  DescribeDbLogFilesResponse describe(DescribeDbLogFilesRequest request) {
    var size = atLeastOne("MaxRecords", request.maxRecords(), FILES);
    var shown =
        files(named(request.dbInstanceIdentifier())).entrySet().stream()
            .filter(each -> isAsked(request, each.getKey(), each.getValue()))
            .map(each -> described(each.getKey(), each.getValue()))
            .toList();
    var page =
        Page.cut(
            Filters.apply(request.filters(), Map.of(), shown),
            DescribeDBLogFilesDetails::logFileName,
            request.marker(),
            size);
    return DescribeDbLogFilesResponse.builder()
        .describeDBLogFiles(page.items())
        .marker(page.marker())
        .build();
  }

  private static boolean isAsked(DescribeDbLogFilesRequest request, String name, LogFile file) {
    var part = request.filenameContains();
    var since = request.fileLastWritten();
    var least = request.fileSize();
    return (part == null || name.contains(part))
        && (since == null || file.written().toEpochMilli() >= since)
        && (least == null || file.size() > least);
  }

  private static DescribeDBLogFilesDetails described(String name, LogFile file) {
    return DescribeDBLogFilesDetails.builder()
        .logFileName(name)
        .lastWritten(file.written().toEpochMilli())
        .size(file.size())
        .build();
  }

  DownloadDbLogFilePortionResponse download(DownloadDbLogFilePortionRequest request) {
    var instance = named(request.dbInstanceIdentifier());
    var name = Rules.required("LogFileName", request.logFileName());
    var lines = atLeastOne("NumberOfLines", request.numberOfLines(), LINES);
    var marker = request.marker();
    var place = marker == null || marker.isEmpty() ? null : LogMarker.parse(marker);
    var file = files(instance).get(name);
    if (file == null) {
      throw notFound(name);
    }
    return answer(portion(name, file, place, lines), file.written());
  }

  private static DownloadDbLogFilePortionResponse answer(LogPortion portion, Instant written) {
    return DownloadDbLogFilePortionResponse.builder()
        .logFileData(portion.text())
        .marker(LogMarker.of(written, portion.end()).toString())
        .additionalDataPending(portion.pending())
        .build();
  }

  private static LogPortion portion(String name, LogFile file, LogMarker place, int lines) {
    try {
      return place == null
          ? LogPortion.newest(file, lines)
          : LogPortion.after(file, place.offset(), lines);
    } catch (HostException.NotFound e) {
      throw notFound(name);
    } catch (HostException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static RuntimeException notFound(String name) {
    return RdsFault.LOG_FILE_NOT_FOUND.with(
        "DBLog File: %s, is not found on the DB instance", name);
  }

  private static int atLeastOne(String parameter, Integer given, int usual) {
    if (given != null && given < 1) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value %d for %s. Must be at least 1.", given, parameter);
    }
    return given == null ? usual : given;
  }

  /// RDS does not know the logs of an instance that it is still creating, and says so as if there
  /// were no instance. One that is paused resumes.
  private Instance named(String id) {
    var instance = named.find(id);
    if (instance.is(Status.CREATING)) {
      throw NamedInstances.notFound(instance.id());
    }
    if (catalog.clusters.find(instance.storage()).filter(pauses::resumes).isPresent()) {
      throw RdsFault.INSTANCE_NOT_READY.with(
          "DB instance %s is resuming after being auto-paused. Please wait a few seconds and try"
              + " again.",
          instance.id());
    }
    return instance;
  }

  /// By name.
  private Map<String, LogFile> files(Instance instance) {
    var files = new TreeMap<String, LogFile>();
    for (var file : list(volume(instance))) {
      LogNames.of(file).ifPresent(name -> files.put(name, file));
    }
    return files;
  }

  private List<LogFile> list(StorageId volume) {
    try {
      return host.logs(volume);
    } catch (HostException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /// Of the server that the instance has now.
  private StorageId volume(Instance instance) {
    return members.writes(instance) ? new StorageId(instance.storage()) : instance.readerVolume();
  }
}
