package dev.dbartifact.localengine.wire;

/// Finds what a REST request asks for.
final class RestCalls {

  private RestCalls() {}

  static Routes.Match find(Routes routes, Actions actions, Call call) {
    var path = call.uri().getRawPath();
    return routes
        .find(call.method(), path)
        .orElseThrow(() ->
            new Routes(actions.others())
                .find(call.method(), path)
                .map(match -> Actions.notOffered(match.action().name()))
                .orElseGet(() ->
                    ProtocolFault.INVALID_ACTION.with(
                        "There is no operation %s %s".formatted(call.method(), path))));
  }
}
