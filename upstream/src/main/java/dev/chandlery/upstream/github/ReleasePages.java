package dev.chandlery.upstream.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.GithubSourceSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.upstream.fetch.Downloads;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a repository's releases, page by page, within GitHub's limits. */
final class ReleasePages {
    private static final int MAX_PAGES = 20;
    private static final long MAX_PAGE_BYTES = 32L * 1024 * 1024;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"next\"");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final GithubSourceSpec source;
    private final Downloads downloads;
    private final GithubAccess access;

    ReleasePages(GithubSourceSpec source, Downloads downloads, GithubAccess access) {
        this.source = source;
        this.downloads = downloads;
        this.access = access;
    }

    /** All releases that are public, in GitHub's order. */
    List<JsonNode> read() {
        List<JsonNode> releases = new ArrayList<>();
        Optional<URI> next = Optional.of(URI.create(source.apiBase() + "/repos/" + source.owner()
                + "/" + source.repository() + "/releases?per_page=100"));
        for (int page = 0; next.isPresent() && page < MAX_PAGES; page++) {
            StoredPages.Stored answer = ask(next.get());
            parse(answer.body()).forEach(release -> {
                if (!release.path("draft").asBoolean(false)) {
                    releases.add(release);
                }
            });
            next = nextPage(next.get(), answer.link());
        }
        return releases;
    }

    private StoredPages.Stored ask(URI uri) {
        Optional<StoredPages> store = access.pages().map(StoredPages::new);
        Optional<StoredPages.Stored> known = store.flatMap(pages -> pages.find(uri));
        HttpCall call = HttpCall.get(uri)
                .withHeader("Accept", "application/vnd.github+json")
                .withHeader("X-GitHub-Api-Version", "2022-11-28")
                .withAction("list releases of "
                        + source.owner() + "/" + source.repository() + " on " + uri.getHost());
        HttpCall authorized = access.token()
                .map(token -> call.withAuthorization("Bearer " + token))
                .orElse(call);
        HttpCall conditional = known.map(page -> authorized.withHeader("If-None-Match", page
                .entityTag())).orElse(authorized);
        try (HttpReply reply = downloads.send(conditional)) {
            if (reply.status() == NOT_MODIFIED && known.isPresent()) {
                return known.get();
            }
            refuseLimit(call, reply);
            if (reply.status() == NOT_FOUND) {
                throw new ContentNotFoundException("cannot " + call.action()
                        + ": no such repository, or it is private");
            }
            Downloads.requireSuccess(call, reply);
            Bytes body = reply.bytes(MAX_PAGE_BYTES);
            StoredPages.Stored page = new StoredPages.Stored(reply.header("ETag").orElse(""), reply
                    .header("Link")
                    .orElse(""), body.utf8());
            if (!page.entityTag().isEmpty()) {
                store.ifPresent(pages -> pages.store(uri, page));
            }
            return page;
        }
    }

    /** GitHub answers 403 or 429 when too much was asked, and says until when. */
    private void refuseLimit(HttpCall call, HttpReply reply) {
        boolean exhausted = reply.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
        boolean limited = reply.status() == 429 || (reply.status() == 403 && (exhausted || reply
                .header("Retry-After")
                .isPresent()));
        if (limited) {
            String until = reply.header("X-RateLimit-Reset")
                    .filter(text -> text.matches(
                            "\\d{1,12}"))
                    .map(text -> " until " + Instant.ofEpochSecond(Long.parseLong(
                            text)))
                    .orElse("");
            throw new TransferException("cannot " + call.action() + ": GitHub's rate limit is used"
                    + " up" + until + (access.token().isPresent()
                            ? ""
                            : "; set GITHUB_TOKEN for a"
                                    + " higher one"), null, false);
        }
    }

    private Optional<URI> nextPage(URI current, String link) {
        Matcher matcher = NEXT.matcher(link);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            URI next = current.resolve(matcher.group(1));
            if (Origin.of(next).equals(Origin.of(current))) {
                return Optional.of(next);
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot list releases of " + source.owner() + "/"
                    + source.repository() + ": the link to the next page is no address", e);
        }
        throw new MalformedContentException("cannot list releases of " + source.owner() + "/"
                + source.repository() + ": the link to the next page leads to another host");
    }

    private JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot list releases of " + source.owner() + "/"
                    + source.repository() + ": " + e.getOriginalMessage(), e);
        }
    }
}
