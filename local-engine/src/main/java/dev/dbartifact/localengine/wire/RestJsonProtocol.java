package dev.dbartifact.localengine.wire;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/// The REST protocol of AWS with JSON documents.
///
/// See `aws.protocols#restJson1` in the Smithy specification.
public final class RestJsonProtocol extends Protocol {

  private static final String JSON = "application/json";

  private final Routes routes;
  private final int mostBytes;

  /// @param implementation answers; see [Actions]
  public RestJsonProtocol(Api api, Object implementation, FaultCodes codes, int mostBytes) {
    super(api, codes, implementation);
    this.routes = new Routes(actions.all());
    this.mostBytes = mostBytes;
  }

  @Override
  public int mostBytes() {
    return mostBytes;
  }

  @Override
  Answer invoke(Call call, String requestId) {
    var match = RestCalls.find(routes, actions, call);
    var action = match.action();
    var builder = action.newRequest();
    RestBinding.read(builder, match.labels(), call);
    JsonReader.read(builder, call.body());
    var response = call(action, (SdkPojo) ((Buildable) builder).build());
    var headers = new HashMap<>(RestBinding.headers(response));
    return new Answer(
        action.status(), JSON, requestId, headers, JsonWriter.write(JsonWriter.tree(response)));
  }

  @Override
  Answer refused(AwsServiceException fault, String requestId) {
    var details = fault.awsErrorDetails();
    var body = new LinkedHashMap<String, Object>();
    body.put("message", details.errorMessage());
    if (fault instanceof SdkPojo modelled) {
      body.putAll(JsonWriter.tree(modelled));
    }
    return new Answer(
        fault.statusCode(),
        JSON,
        requestId,
        Map.of("x-amzn-ErrorType", details.errorCode()),
        JsonWriter.write(body));
  }
}
