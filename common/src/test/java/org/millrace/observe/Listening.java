package org.millrace.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small web server that keeps what it is told, and answers one code. */
final class Listening implements AutoCloseable {
  private final HttpServer server;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  Listening(int answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + body);
          byte[] words = "so it is".getBytes(UTF_8);
          exchange.sendResponseHeaders(answer, words.length);
          exchange.getResponseBody().write(words);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method, path, and the body from the second line on. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A port that nobody listens at. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
