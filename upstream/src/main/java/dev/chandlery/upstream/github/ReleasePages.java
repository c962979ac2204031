package dev.chandlery.upstream.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.http.Origin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository's releases, read page by page, once in a run for all that ask, and only as far as somebody
 * wants: a repository may have thousands, of which the newest few matter.
 *
 * <p><b>Concurrency:</b> thread-safe; who asks while a page is fetched waits for it.
 */
public final class ReleasePages {
    /** GitHub itself lists no more than 10,000 releases. */
    private static final int MAX_PAGES = 100;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"next\"");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final GithubSourceSpec source;
    private final GithubCalls calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<JsonNode> known = new ArrayList<>();
    private int beforeLastPage;
    private int pages;
    private Optional<URI> next;

    /** Of one repository; nothing is asked of it yet. */
    public ReleasePages(GithubSourceSpec source, GithubCalls calls) {
        this.source = source;
        this.calls = calls;
        this.next = Optional.of(URI.create(base() + "?per_page=100"));
    }

    /**
     * Public releases in GitHub's order.
     *
     * @param whole whether these are all
     */
    record Seen(List<JsonNode> releases, boolean whole) {

        /** The one of this tag. */
        Optional<JsonNode> find(String tag) {
            return releases.stream()
                    .filter(node -> node.path("tag_name").asText("").equals(tag))
                    .findFirst();
        }
    }

    /** Says from the releases of all pages but the last, and of all pages, whether those suffice. */
    @FunctionalInterface
    interface Enough {
        boolean test(List<JsonNode> before, List<JsonNode> all);
    }

    /** What is known when it is enough, or when there is no more; asks for pages until then. */
    Seen read(Enough enough) {
        lock.lock();
        try {
            while (next.isPresent() && pages < MAX_PAGES && (pages == 0 || !enough.test(known
                    .subList(0, beforeLastPage), known))) {
                readPage(next.get());
            }
            return new Seen(List.copyOf(known), next.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    private void readPage(URI uri) {
        StoredPages.Stored answer = ask(uri);
        beforeLastPage = known.size();
        parse(answer.body()).forEach(release -> {
            if (!release.path("draft").asBoolean(false)) {
                known.add(release);
            }
        });
        pages++;
        next = nextPage(uri, answer.link());
    }

    /**
     * The public release of a tag, by asking for it alone where the pages that are known lack it and are not
     * all.
     */
    Optional<JsonNode> find(String tag) {
        Seen seen = read((_, _) -> true);
        Optional<JsonNode> found = seen.find(tag);
        if (found.isPresent() || seen.whole()) {
            return found;
        }
        try {
            JsonNode release = parse(ask(URI.create(base() + "/tags/" + URLEncoder.encode(tag,
                    StandardCharsets.UTF_8).replace("+", "%20")))
                    .body());
            return Optional.of(release).filter(node -> !node.path("draft").asBoolean(false));
        } catch (ContentNotFoundException _) {
            return Optional.empty();
        }
    }

    private String base() {
        return source.apiBase() + "/repos/" + source.owner() + "/" + source.repository()
                + "/releases";
    }

    private StoredPages.Stored ask(URI uri) {
        String action = "list releases of " + source.owner() + "/" + source.repository() + " on "
                + uri.getHost();
        return calls.ask(uri, action)
                .orElseThrow(() -> new ContentNotFoundException("cannot " + action
                        + ": no such repository, or it is private"));
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
