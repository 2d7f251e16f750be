package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;

/// `actions`: what the engine answers.
final class ActionsCommand {

  private ActionsCommand() {}

  static int run(Arguments arguments, Terminal terminal) {
    var offers = LocalEngine.offers();
    if (arguments.has(CommandOption.MARKDOWN)) {
      terminal.out().print(ActionTable.of(offers));
      return 0;
    }
    for (var offer : offers) {
      var shown = arguments.has(CommandOption.ALL) ? offer.known().get() : offer.actions().keySet();
      for (var action : shown) {
        var mark = offer.actions().containsKey(action) ? "" : "  (not offered)";
        terminal.out().printf("%-14s %s%s%n", offer.service(), action, mark);
      }
    }
    return 0;
  }
}
