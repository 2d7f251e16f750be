package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;

/// `actions`: what the engine answers.
final class ActionsCommand {

  private ActionsCommand() {}

  static int run(Arguments arguments, Terminal terminal) {
    for (var service : LocalEngine.services()) {
      var offered = service.offered();
      var shown = arguments.all() ? service.known() : offered;
      for (var action : shown) {
        var mark = offered.contains(action) ? "" : "  (not offered)";
        terminal.out().printf("%-4s %s%s%n", service.name(), action, mark);
      }
    }
    return 0;
  }
}
