package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.localengine.ApiModel.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// A request to a service around RDS, whose members can be left out and put in.
///
/// @param service whose protocol it is in
/// @param http method and path of its operation, as [ApiModel.Operation] has them
/// @param head the first line, and headers
record ServiceRequest(String service, String http, String head, String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ServiceRequest of(String service, String http, String request) {
    var parts = request.strip().split("\n\n", 2);
    return new ServiceRequest(service, http, parts[0], parts.length == 2 ? parts[1].strip() : "");
  }

  /// Whether a member stands in the path, which no request can leave out.
  boolean isInPath(String member) {
    return http.contains("{" + member + "}");
  }

  ServiceRequest without(String member) throws IOException {
    return switch (service) {
      case "secretsmanager", "rds-data" -> body(((ObjectNode) json()).without(member).toString());
      case "route53" ->
          isInPath(member)
              ? this
              : isQuery() ? queried(member, null) : body(XmlBody.without(body, member));
      default -> body(Forms.of(Forms.without(Forms.parameters(body), member)));
    };
  }

  /// With another value of a member, or with the member.
  ServiceRequest with(String member, JsonNode value, Shape shape) throws IOException {
    var others = without(member);
    return switch (service) {
      case "secretsmanager", "rds-data" ->
          body(((ObjectNode) others.json()).set(member, value).toString());
      case "route53" ->
          isInPath(member)
              ? routed(member, value.asText())
              : isQuery()
                  ? queried(member, value.asText())
                  : body(XmlBody.with(others.body, member, value, shape));
      case "ec2" -> others.adding(Forms.parameters(member, value));
      default -> others.adding(Forms.parameters(member, value, shape));
    };
  }

  private ServiceRequest body(String newBody) {
    return new ServiceRequest(service, http, head, newBody);
  }

  private JsonNode json() throws IOException {
    return JSON.readTree(body);
  }

  private ServiceRequest adding(Map<String, String> added) {
    var parameters = Forms.parameters(body);
    parameters.putAll(added);
    return body(Forms.of(parameters));
  }

  private boolean isQuery() {
    return http.startsWith("GET ");
  }

  private ServiceRequest routed(String member, String value) {
    var labels = http.split("/");
    var parts = head.split("/");
    parts[Arrays.asList(labels).indexOf("{" + member + "}")] = value;
    return new ServiceRequest(service, http, String.join("/", parts), body);
  }

  /// @param value null for none
  private ServiceRequest queried(String member, String value) {
    var parts = head.split("\\?", 2);
    var others =
        Arrays.stream(parts.length == 2 ? parts[1].split("&") : new String[0])
            .filter(pair -> !pair.startsWith(member + "="))
            .collect(Collectors.toList());
    if (value != null) {
      others.add(Forms.of(Map.of(member, value)));
    }
    var query = others.isEmpty() ? "" : "?" + String.join("&", others);
    return new ServiceRequest(service, http, parts[0] + query, body);
  }

  /// As it stands in `services/`.
  @Override
  public String toString() {
    return head + "\n\n" + body;
  }
}
