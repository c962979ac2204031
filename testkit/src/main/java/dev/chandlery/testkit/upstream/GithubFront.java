package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import dev.chandlery.oci.Bytes;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The web site and the REST API: finds what a path names. */
final class GithubFront {
    private static final String NAME = "([^/]+/[^/]+)";
    private static final Pattern DOWNLOAD = Pattern.compile("/" + NAME
            + "/releases/download/(.+)/([^/]+)");
    private static final Pattern LISTING = Pattern.compile("/api/repos/" + NAME + "/releases");
    private static final Pattern NEXT = Pattern.compile("/api/repositories/(\\d+)/releases");
    private static final Pattern BY_TAG = Pattern.compile("/api/repos/" + NAME
            + "/releases/tags/(.+)");
    private static final Pattern LATEST = Pattern.compile("/api/repos/" + NAME
            + "/releases/latest");
    private static final Pattern ASSET = Pattern.compile("/api/repos/" + NAME
            + "/releases/assets/(\\d+)");
    private static final Pattern ATTESTATION = Pattern.compile("/api/repos/" + NAME
            + "/attestations/(sha256:[0-9a-f]{64})");

    private final FakeGithub github;
    private final GithubLimits limits;
    private final GithubRequests requests;
    private final GithubStorage storage;

    GithubFront(FakeGithub github, GithubLimits limits, GithubRequests requests,
            GithubStorage storage) {
        this.github = github;
        this.limits = limits;
        this.requests = requests;
        this.storage = storage;
    }

    void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        if (path.startsWith("/api/")) {
            api(exchange, path);
            return;
        }
        requests.add(Kind.DOWNLOAD, exchange);
        Matcher download = DOWNLOAD.matcher(path);
        Optional<FakeAsset> asset = download.matches()
                ? find(download.group(1), decoded(download.group(2))).flatMap(
                        release -> release.find(decoded(download.group(3))))
                : Optional.empty();
        redirect(exchange, asset);
    }

    private void redirect(HttpExchange exchange, Optional<FakeAsset> asset) throws IOException {
        if (asset.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Location", storage.link(asset.get()));
        exchange.sendResponseHeaders(302, -1);
    }

    private void api(HttpExchange exchange, String path) throws IOException {
        requests.add(kind(path), exchange);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        boolean token = ("Bearer " + FakeGithub.TOKEN).equals(authorization);
        if (authorization != null && !token) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        if (limits.refuse(exchange, token)) {
            return;
        }
        Matcher asset = ASSET.matcher(path);
        boolean bytes = "application/octet-stream".equals(exchange.getRequestHeaders()
                .getFirst(
                        "Accept"));
        if (asset.matches() && bytes) {
            limits.count(exchange, token, false);
            redirect(exchange, byId(asset));
            return;
        }
        Optional<String> body = body(exchange, path);
        if (body.isEmpty()) {
            limits.count(exchange, token, false);
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        send(exchange, token, body.get());
    }

    private void send(HttpExchange exchange, boolean token, String body) throws IOException {
        Bytes bytes = Bytes.ofUtf8(body);
        String tag = "W/\"" + bytes.digest().encoded() + "\"";
        boolean unchanged = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        limits.count(exchange, token, unchanged);
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(unchanged ? 304 : 200, unchanged ? -1 : bytes.size());
        if (!unchanged) {
            exchange.getResponseBody().write(bytes.toArray());
        }
    }

    private static Kind kind(String path) {
        if (LISTING.matcher(path).matches() || NEXT.matcher(path).matches()) {
            return Kind.LISTING;
        }
        if (ATTESTATION.matcher(path).matches()) {
            return Kind.ATTESTATION;
        }
        return path.contains("/releases/") ? Kind.LOOKUP : Kind.OTHER;
    }

    private Optional<String> body(HttpExchange exchange, String path) {
        Matcher matcher = LISTING.matcher(path);
        if (matcher.matches()) {
            return known(matcher.group(1)).map(found -> ReleasePage.of(exchange, github, found));
        }
        matcher = NEXT.matcher(path);
        if (matcher.matches()) {
            String id = matcher.group(1);
            return github.names()
                    .stream()
                    .map(github::repository)
                    .filter(repository -> Long.toString(repository.id()).equals(id))
                    .findFirst()
                    .map(found -> ReleasePage.of(exchange, github, found));
        }
        matcher = ATTESTATION.matcher(path);
        return matcher.matches() ? attestations(matcher) : single(path);
    }

    private Optional<String> single(String path) {
        Matcher matcher = BY_TAG.matcher(path);
        if (matcher.matches()) {
            return find(matcher.group(1), decoded(matcher.group(2))).map(FakeRelease::json);
        }
        matcher = LATEST.matcher(path);
        if (matcher.matches()) {
            return known(matcher.group(1)).stream()
                    .flatMap(repository -> repository.published().stream())
                    .filter(release -> !release.isPrerelease())
                    .findFirst()
                    .map(FakeRelease::json);
        }
        return Optional.empty();
    }

    private Optional<String> attestations(Matcher matcher) {
        List<String> bundles = known(matcher.group(1))
                .map(repository -> repository.attestations(
                        matcher.group(2)))
                .orElse(List.of());
        return bundles.isEmpty()
                ? Optional.empty()
                : Optional.of(bundles.stream()
                        .map(
                                bundle -> "{\"bundle\":" + bundle + ",\"repository_id\":1}")
                        .collect(
                                Collectors.joining(",", "{\"attestations\":[", "]}")));
    }

    private Optional<FakeRepository> known(String name) {
        return github.has(name) ? Optional.of(github.repository(name)) : Optional.empty();
    }

    private Optional<FakeRelease> find(String repository, String tag) {
        return known(repository).flatMap(found -> found.find(tag))
                .filter(release -> !release
                        .isDraft());
    }

    private Optional<FakeAsset> byId(Matcher matcher) {
        return known(matcher.group(1)).stream()
                .flatMap(repository -> repository.published().stream())
                .flatMap(release -> release.assets().stream())
                .filter(asset -> Long.toString(asset.id()).equals(matcher.group(2)))
                .findFirst();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
