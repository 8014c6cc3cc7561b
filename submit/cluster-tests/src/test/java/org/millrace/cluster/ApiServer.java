package org.millrace.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Stands in for the API server of a Kubernetes: takes what a submission in cluster mode asks for,
 * keeps it, and lets a driver's pod end as it is told.
 */
final class ApiServer implements AutoCloseable {
  /** The status of a pod that finds no place. */
  static final String UNSCHEDULABLE =
      """
      {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable",
        "message": "0/3 nodes are available: 3 Insufficient memory."}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, JsonNode> asked = new ConcurrentHashMap<>();
  private final List<ObjectNode> pods = new ArrayList<>();
  private volatile Consumer<JsonNode> kubelet = pod -> {};
  private volatile JsonNode nodes = JSON.createObjectNode();
  private final List<String> deleted = new ArrayList<>();
  private final JsonNode status;

  private ApiServer(HttpServer server, JsonNode status) {
    this.server = server;
    this.status = status;
  }

  /**
   * @param status of each pod from the moment that it is asked for
   */
  static ApiServer start(String status) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ApiServer server = new ApiServer(HttpServer.create(address, 0), JSON.readTree(status));
    server.server.createContext("/", server::answer);
    server.server.start();
    return server;
  }

  /**
   * @param what starts a pod's containers
   */
  void startsPodsBy(Consumer<JsonNode> what) {
    kubelet = what;
  }

  /**
   * @param gpus of each node
   */
  void hasNodes(int... gpus) {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "NodeList");
    ArrayNode items = list.putArray("items");
    for (int i = 0; i < gpus.length; i++) {
      ObjectNode node = items.addObject();
      node.putObject("metadata").put("name", "node-" + i);
      ObjectNode allocatable = node.putObject("status").putObject("allocatable");
      allocatable.put("memory", "64Gi");
      if (gpus[i] > 0) {
        allocatable.put("nvidia.com/gpu", String.valueOf(gpus[i]));
      }
    }
    nodes = list;
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The item of a list that has that name. */
  static JsonNode named(JsonNode array, String name) {
    return StreamSupport.stream(array.spliterator(), false)
        .filter(item -> item.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + array));
  }

  synchronized JsonNode pod() {
    return pods.get(0);
  }

  synchronized int pods() {
    return pods.size();
  }

  /** All config maps that were ever asked for, as text. */
  String configMaps() {
    return asked.entrySet().stream()
        .filter(e -> e.getKey().contains("/configmaps/"))
        .map(e -> e.getValue().toString())
        .collect(Collectors.joining());
  }

  synchronized List<String> deleted() {
    return List.copyOf(deleted);
  }

  /**
   * The only one of its sort.
   *
   * @param kind such as {@code configmaps}
   * @param name a part of its name
   */
  JsonNode one(String kind, String name) {
    List<JsonNode> found =
        asked.entrySet().stream()
            .filter(e -> e.getKey().matches(".*/" + kind + "/[^/]*" + name + "[^/]*"))
            .map(Map.Entry::getValue)
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " " + kind + " were asked for: " + asked.keySet());
    }
    return found.get(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        ObjectNode made = (ObjectNode) JSON.readTree(body);
        ((ObjectNode) made.get("metadata")).put("uid", "uid-" + pods.size());
        if (path.endsWith("/pods")) {
          pods.add(made);
          kubelet.accept(made);
        } else {
          asked.put(path + "/" + made.at("/metadata/name").asText(), made);
        }
        reply(exchange, 201, made);
      }
      case "PATCH" -> {
        JsonNode made = JSON.readTree(body);
        boolean there = asked.containsKey(path);
        asked.put(there ? path.replaceFirst("/(\\w+)(?=/[^/]+$)", "/patches-of-$1") : path, made);
        reply(exchange, 200, made);
      }
      case "DELETE" -> {
        deleted.add(path.substring(path.lastIndexOf('/') + 1));
        reply(exchange, 200, pods.isEmpty() ? JSON.createObjectNode() : pods.get(0));
      }
      default -> {
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
          exchange.sendResponseHeaders(200, -1); // A watch that ends before anything is seen.
          exchange.close();
        } else if (path.endsWith("/pods")) {
          reply(exchange, 200, list());
        } else if (asked.containsKey(path)) {
          reply(exchange, 200, asked.get(path));
        } else if (path.endsWith("/nodes")) {
          reply(exchange, nodes.isEmpty() ? 403 : 200, nodes);
        } else {
          reply(exchange, 404, JSON.readTree("{\"kind\":\"Status\",\"code\":404}"));
        }
      }
    }
  }

  private ObjectNode list() {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "PodList");
    ArrayNode items = list.putArray("items");
    for (ObjectNode pod : pods) {
      items.add(pod.deepCopy().set("status", status));
    }
    return list;
  }

  private static void reply(HttpExchange exchange, int code, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
