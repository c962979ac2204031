package dev.chandlery.testkit.upstream;

import dev.chandlery.oci.Digest;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * GitHub on loopback, as far as releases go: the REST API with pages, entity tags and rate limits; downloads
 * that redirect to another host by links that do not live long; attestations. What it has is changed while
 * it runs, so that files can be mutated and deleted between two runs of a program.
 *
 * <p>In registry.yaml: {@code github: {api: ...}} with {@link #api}, and {@link #storageOrigin} in
 * {@code security.allowed_origins}, because redirects to loopback are refused otherwise.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class FakeGithub implements AutoCloseable {
    /** Accepted as {@code GITHUB_TOKEN}; any other is refused. */
    public static final String TOKEN = "fake-github-token";

    private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(1000);
    private final GithubRequests requests = new GithubRequests();
    private final GithubPace pace = new GithubPace();
    private final GithubLimits limits;
    private final LoopbackServer front;
    private final GithubStorage storage;

    /** Starts on free ports. */
    public FakeGithub() {
        this(InstantSource.system());
    }

    /** @param clock decides when rate limits begin anew */
    public FakeGithub(InstantSource clock) {
        limits = new GithubLimits(clock);
        storage = new GithubStorage(requests, pace);
        GithubFront handler = new GithubFront(this, limits, requests, storage);
        front = new LoopbackServer("127.0.0.1", exchange -> {
            pace.travel();
            handler.answer(exchange);
        });
    }

    /** Base of the REST API, for {@code github.api}. */
    public URI api() {
        return URI.create(front.address() + "/api");
    }

    /** Host and port that downloads are redirected to, for {@code security.allowed_origins}. */
    public String storageOrigin() {
        return storage.origin();
    }

    /** A release by its tag, published; made when it is not there, as the newest. */
    public FakeRelease release(String repository, String tag) {
        return repository(repository).release(tag);
    }

    /** Takes a release away, with its files. */
    public void removeRelease(String repository, String tag) {
        repository(repository).remove(tag);
    }

    /**
     * Adds an attestation of a file.
     *
     * @param subject SHA-256 of the file
     * @param bundle JSON of a sigstore bundle
     */
    public void attest(String repository, Digest subject, String bundle) {
        repository(repository).attest(subject, bundle);
    }

    /** As {@link #attest}, but the API names an address where the bundle is, as newer versions of it do. */
    public void attestAt(String repository, Digest subject, URI bundle) {
        repository(repository).attest(subject, "null,\"bundle_url\":" + JsonText.of(bundle
                .toString()));
    }

    /** How many requests it takes, and how it says that there were too many. */
    public GithubLimits limits() {
        return limits;
    }

    /** How far away it is, and how fast. */
    public GithubPace pace() {
        return pace;
    }

    /** What it was asked so far. */
    public GithubRequests requests() {
        return requests;
    }

    /** From now on each redirect's link serves one request only. */
    public void useLinksOnce() {
        storage.useLinksOnce();
    }

    List<String> names() {
        return new ArrayList<>(repositories.keySet());
    }

    FakeRepository repository(String name) {
        return repositories.computeIfAbsent(name, _ -> new FakeRepository(this, name, ids
                .incrementAndGet()));
    }

    boolean has(String repository) {
        return repositories.containsKey(repository);
    }

    /** Of the web site, without a slash at the end. */
    String site() {
        return front.address();
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    @Override
    public void close() {
        front.close();
        storage.close();
    }
}
