package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** GitHub's issues on loopback. An answer may get lost on its way, after the work was done. */
final class FakeIssues implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<ObjectNode> issues = new ArrayList<>();
    private final Map<Integer, ArrayNode> comments = new TreeMap<>();
    private int writes;
    private int lostWrite;

    FakeIssues() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The answer to the write of that number, counted from the first of all, gets lost. */
    synchronized void loseAnswer(int write) {
        lostWrite = write;
    }

    /** Number, state and how many comments, of each. */
    synchronized List<String> state() {
        return issues.stream()
                .map(issue -> issue.path("number").asInt() + " " + issue.path("state").asText()
                        + " " + comments.getOrDefault(issue.path("number").asInt(), JSON
                                .createArrayNode()).size())
                .toList();
    }

    synchronized String body(int number) {
        return issues.get(number - 1).path("body").asText();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replace("/repos/acme/tools", "");
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, 200, read(path, exchange.getRequestURI().getQuery()));
                return;
            }
            write(exchange.getRequestMethod(), path, JSON.readTree(bytes));
            send(exchange, ++writes == lostWrite ? 502 : 201, JSON.createObjectNode());
        }
    }

    private ArrayNode read(String path, String query) {
        if (path.endsWith("/comments")) {
            return comments.getOrDefault(number(path), JSON.createArrayNode());
        }
        ArrayNode found = JSON.createArrayNode();
        issues.stream()
                .filter(issue -> query.contains("state=" + issue.path("state").asText()))
                .forEach(found::add);
        return found;
    }

    private void write(String method, String path, JsonNode body) {
        if (method.equals("PATCH")) {
            issues.get(number(path) - 1).set("state", body.path("state"));
        } else if (path.endsWith("/comments")) {
            comments.computeIfAbsent(number(path), _ -> JSON.createArrayNode()).add(body);
        } else {
            issues.add(((ObjectNode) body.deepCopy()).put("number", issues.size() + 1)
                    .put("state", "open"));
        }
    }

    private static int number(String path) {
        return Integer.parseInt(path.split("/", -1)[2]);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body)
            throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
