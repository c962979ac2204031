package dev.chandlery.upstream.github;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.RedactedUri;
import dev.chandlery.trust.sigstore.AttestationList;
import dev.chandlery.upstream.fetch.Downloads;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/** Attestations of files that GitHub's API has. */
public final class Attestations {
    private static final int MAX_BUNDLES = 100;
    private static final long MAX_BUNDLE_BYTES = 4L * 1024 * 1024;

    private final GithubCalls calls;
    private final Downloads downloads;
    private final URI apiBase;

    /** @param apiBase of the REST API, without a slash at the end */
    public Attestations(GithubCalls calls, Downloads downloads, URI apiBase) {
        this.calls = calls;
        this.downloads = downloads;
        this.apiBase = apiBase;
    }

    /**
     * Sigstore bundles, one on each line.
     *
     * @param repository {@code owner/repository}
     * @param digest SHA-256 of the file
     * @return empty when GitHub has none
     */
    public Optional<Bytes> find(String repository, Digest digest) {
        URI uri = URI.create(apiBase + "/repos/" + repository + "/attestations/" + digest
                + "?per_page=" + MAX_BUNDLES);
        String action = "look for attestations of " + digest + " in " + repository + " on " + uri
                .getHost();
        Optional<StoredPages.Stored> answer = calls.ask(uri, action);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        AttestationList list = AttestationList.parse(Bytes.ofUtf8(answer.get().body()), action);
        List<Bytes> bundles = new ArrayList<>(list.bundles());
        list.bundleUrls().stream().limit(MAX_BUNDLES).map(this::fetch).forEach(bundles::add);
        return bundles.isEmpty()
                ? Optional.empty()
                : Optional.of(Bytes.ofUtf8(bundles.stream()
                        .map(bundle -> bundle.utf8().replaceAll("\\R", " ").strip())
                        .collect(Collectors.joining("\n", "", "\n"))));
    }

    private Bytes fetch(String address) {
        try {
            URI uri = URI.create(address);
            HttpCall call = HttpCall.get(uri)
                    .withAction("fetch an attestation at " + RedactedUri
                            .of(uri));
            return downloads.find(call, MAX_BUNDLE_BYTES)
                    .map(content -> unpacked(content, call.action()))
                    .orElseThrow(
                            () -> new MalformedContentException("cannot " + call.action()
                                    + ": GitHub names it, and it is not there"));
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot fetch an attestation: GitHub names no"
                    + " address", e);
        }
    }

    /** GitHub's storage has bundles in Snappy's block form; JSON begins with a brace, and that does not. */
    private static Bytes unpacked(Bytes content, String action) {
        if (content.size() == 0 || content.toArray()[0] == '{') {
            return content;
        }
        try (SnappyCompressorInputStream in = new SnappyCompressorInputStream(content
                .openStream())) {
            if (in.getSize() > MAX_BUNDLE_BYTES) {
                throw new LimitExceededException("cannot " + action + ": " + in.getSize()
                        + " bytes, at most " + MAX_BUNDLE_BYTES + " are read");
            }
            return Bytes.of(in.readNBytes((int) MAX_BUNDLE_BYTES));
        } catch (LimitExceededException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedContentException("cannot " + action
                    + ": it is neither JSON nor packed by Snappy: " + e.getMessage(), e);
        }
    }
}
