package dev.chandlery.upstream.github;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.upstream.fetch.Downloads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks GitHub's API: with the token, with the entity tags of earlier answers, and with patience when its
 * limits say so, up to a bound.
 *
 * <p><b>Concurrency:</b> thread-safe; one for a whole run, so that nobody asks on once a limit is known to be used
 * up.
 */
public final class GithubCalls {
    /** Longest wait for a rate limit's end. */
    static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private static final Logger LOG = System.getLogger(GithubCalls.class.getName());
    private static final long MAX_ANSWER_BYTES = 32L * 1024 * 1024;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final long MAX_REFUSAL_BYTES = 1024L * 1024;
    /** GitHub asks for a minute at least where it states no time. */
    private static final Duration SECONDARY_WAIT = Duration.ofMinutes(1);

    private final Downloads downloads;
    private final GithubAccess access;
    private final StoredPages store;
    private final InstantSource clock;
    private final Pause pause;
    /** Of each origin whose limit was used up for longer than we wait. */
    private final Map<Origin, Instant> usedUpUntil = new ConcurrentHashMap<>();

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** Blocks for that long. */
        void take(Duration duration) throws InterruptedException;
    }

    public GithubCalls(Downloads downloads, GithubAccess access, InstantSource clock) {
        this(downloads, access, clock, Thread::sleep);
    }

    GithubCalls(Downloads downloads, GithubAccess access, InstantSource clock, Pause pause) {
        this.downloads = downloads;
        this.access = access;
        this.store = new StoredPages(access.pages());
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * An answer, or the stored one where GitHub says that it did not change.
     *
     * @param action for messages
     * @return empty when GitHub has no such thing
     * @throws TransferException when the rate limit is used up for longer than we wait
     */
    Optional<StoredPages.Stored> ask(URI uri, String action) {
        Optional<StoredPages.Stored> known = store.find(uri);
        HttpCall call = call(uri, action, known);
        boolean waited = false;
        while (true) {
            refuseInVain(call);
            try (HttpReply reply = downloads.send(call)) {
                Optional<Refusal> refusal = refused(reply);
                if (refusal.isEmpty()) {
                    return answer(call, reply, known);
                }
                Duration wait = refusal.get().pause;
                if (waited || wait.compareTo(MAX_WAIT) > 0) {
                    throw exhausted(call, refusal.get().end);
                }
                waited = true;
                LOG.log(Level.WARNING, "GitHub''s rate limit is used up, waiting {0} s: {1}", wait
                        .toSeconds(), action);
                sleep(wait, action);
            }
        }
    }

    /** Asking on while the limit is used up is what GitHub bans programs for. */
    private void refuseInVain(HttpCall call) {
        Instant end = usedUpUntil.getOrDefault(Origin.of(call.uri()), Instant.MIN);
        Instant now = clock.instant();
        if (end.isAfter(now.plus(MAX_WAIT))) {
            throw exhausted(call, end);
        }
    }

    private HttpCall call(URI uri, String action, Optional<StoredPages.Stored> known) {
        HttpCall call = HttpCall.get(uri)
                .withHeader("Accept", "application/vnd.github+json")
                .withHeader("X-GitHub-Api-Version", "2022-11-28")
                .withAction(action)
                .withoutPatience();
        HttpCall authorized = access.token()
                .map(token -> call.withAuthorization("Bearer " + token))
                .orElse(call);
        return known.map(page -> authorized.withHeader("If-None-Match", page.entityTag()))
                .orElse(authorized);
    }

    private Optional<StoredPages.Stored> answer(HttpCall call, HttpReply reply,
            Optional<StoredPages.Stored> known) {
        if (reply.status() == NOT_MODIFIED && known.isPresent()) {
            return known;
        }
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (reply.status() == UNAUTHORIZED && access.token().isPresent()) {
            throw new UnauthorizedException("cannot " + call.action()
                    + ": GitHub refuses the token of GITHUB_TOKEN or GH_TOKEN; renew it, or unset it to"
                    + " ask without one");
        }
        Downloads.requireSuccess(call, reply);
        Bytes body = reply.bytes(MAX_ANSWER_BYTES);
        StoredPages.Stored page = new StoredPages.Stored(reply.header("ETag").orElse(""), reply
                .header("Link")
                .orElse(""), body.utf8());
        if (!page.entityTag().isEmpty() && !access.readOnly()) {
            store.store(call.uri(), page);
        }
        return Optional.of(page);
    }

    /** When GitHub takes requests again, and how long we wait for that. */
    private record Refusal(Instant end, Duration pause) {
        static Refusal of(Instant now, Duration pause) {
            return new Refusal(now.plus(pause), pause);
        }
    }

    /** What GitHub asks of us by 403 or 429; empty when that is about something else. */
    private Optional<Refusal> refused(HttpReply reply) {
        if (reply.status() != 403 && reply.status() != 429) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Refusal> after = number(reply, "Retry-After").map(seconds -> Refusal.of(now,
                Duration.ofSeconds(seconds)));
        Optional<Refusal> reset = number(reply, "X-RateLimit-Reset").filter(
                _ -> "0".equals(reply.header("X-RateLimit-Remaining").orElse("")))
                .map(Instant::ofEpochSecond)
                .map(end -> new Refusal(end, Duration.between(now, end).plusSeconds(1)));
        return after.or(() -> reset)
                .or(() -> isSecondary(reply)
                        ? Optional.of(Refusal.of(now, SECONDARY_WAIT))
                        : Optional.empty());
    }

    /** GitHub's limits of bursts are told by words alone now and then. */
    private static boolean isSecondary(HttpReply reply) {
        return reply.status() == 429 || reply.bytes(MAX_REFUSAL_BYTES)
                .utf8()
                .toLowerCase(Locale.ROOT)
                .contains("rate limit");
    }

    private TransferException exhausted(HttpCall call, Instant end) {
        usedUpUntil.merge(Origin.of(call.uri()), end, (a, b) -> a.isAfter(b) ? a : b);
        return new TransferException("cannot " + call.action()
                + ": GitHub's rate limit is used up until " + end
                        .truncatedTo(ChronoUnit.SECONDS) + (access.token().isPresent()
                                ? ""
                                : "; set GITHUB_TOKEN for a higher one"), null, false);
    }

    private static Optional<Long> number(HttpReply reply, String header) {
        return reply.header(header)
                .filter(text -> text.matches("\\d{1,12}"))
                .map(
                        Long::valueOf);
    }

    private void sleep(Duration wait, String action) {
        try {
            pause.take(wait.isNegative() ? Duration.ZERO : wait);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot " + action + ": interrupted");
        }
    }
}
