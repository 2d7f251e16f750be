package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.ServiceOffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The actions as tables in Markdown, one for each service: which fields do something, which are
/// only remembered, and what differs from AWS.
final class ActionTable {

  private ActionTable() {}

  static String of(List<ServiceOffer> services) {
    return services.stream().map(ActionTable::of).collect(Collectors.joining("\n"));
  }

  private static String of(ServiceOffer service) {
    var rows =
        service.actions().entrySet().stream()
            .map(action -> row(action.getKey(), action.getValue()))
            .collect(Collectors.joining());
    return """
    ### %s

    | Action | Real | Metadata only | Differs from AWS |
    | --- | --- | --- | --- |
    """
            .formatted(service.service())
        + rows;
  }

  private static String row(String action, Honours fields) {
    var kept = List.of(fields.kept());
    var real = Arrays.stream(fields.value()).filter(name -> !kept.contains(name)).toList();
    return "| %s | %s | %s | %s |\n".formatted(action, list(real), list(kept), fields.differs());
  }

  private static String list(List<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
