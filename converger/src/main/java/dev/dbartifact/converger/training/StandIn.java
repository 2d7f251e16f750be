package dev.dbartifact.converger.training;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers on loopback as RDS and STS do, with texts that are given for each action.
final class StandIn implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");
  private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

  private final ServerSocket socket;
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  StandIn() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /// From now on an action gets this result.
  void answer(String action, String result) {
    answers.put(
        action,
        "<%1$sResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><%1$sResult>%2$s</%1$sResult></%1$sResponse>"
            .formatted(action, result));
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The training is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in = new BufferedInputStream(connection.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        byte[] body = in.readNBytes(length(head));
        byte[] answer = answer(new String(body, StandardCharsets.UTF_8));
        connection.getOutputStream().write(answer);
        connection.getOutputStream().flush();
      }
    } catch (IOException closed) {
      // The client has gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  private static int length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  private byte[] answer(String body) {
    Matcher action = ACTION.matcher(body);
    String name = action.find() ? action.group(1) : "";
    String text = answers.getOrDefault(name, "");
    int status = text.isEmpty() ? 404 : 200;
    String content = text.isEmpty() ? fault() : text;
    int length = content.getBytes(StandardCharsets.UTF_8).length;
    return ("HTTP/1.1 "
            + status
            + " -\r\nContent-Type: text/xml\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + content)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String fault() {
    return """
    <ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type>\
    <Code>DBClusterNotFoundFault</Code><Message>not found</Message></Error>\
    <RequestId>1</RequestId></ErrorResponse>\
    """;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
