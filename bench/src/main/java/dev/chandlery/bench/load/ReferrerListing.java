package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import dev.chandlery.bench.peer.Peer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All referrers of a manifest that has 1,000 of them. */
public final class ReferrerListing extends Listing {
    private static final int REFERRERS = 1000;
    private static final String REFERRED = "bench/referrers";
    private static final String TYPE = "application/vnd.example.report.v1";
    /** A subject need not be there. */
    private static final Content.Blob SUBJECT = Content.Blob.of("subject".getBytes(
            StandardCharsets.UTF_8));

    @Override
    public String name() {
        return "referrers";
    }

    @Override
    public String what() {
        return "1,000 referrers of a manifest, read to their end by one client";
    }

    @Override
    public boolean suits(Peer.Skills skills) {
        return skills.referrers() || !skills.pushes();
    }

    @Override
    String repository() {
        return REFERRED;
    }

    @Override
    String target() {
        return "/v2/" + REFERRED + "/referrers/" + SUBJECT.digest();
    }

    @Override
    int size() {
        return REFERRERS;
    }

    @Override
    String mark() {
        return "\"artifactType\"";
    }

    @Override
    public String name(int number) {
        return Content.digest(manifest(number));
    }

    @Override
    public byte[] manifest(int number) {
        return Content.manifest(ManyManifests.EMPTY_BLOB, ManyManifests.EMPTY_BLOB,
                ",\"artifactType\":\"" + TYPE + "\",\"subject\":{\"mediaType\":\""
                        + Content.MANIFEST + "\",\"digest\":\"" + SUBJECT.digest()
                        + "\",\"size\":7},\"annotations\":{\"number\":\"" + number + "\"}");
    }

    @Override
    byte[] whole() {
        return IntStream.range(0, REFERRERS)
                .mapToObj(i -> "{\"mediaType\":\"" + Content.MANIFEST + "\",\"digest\":\"" + name(
                        i) + "\",\"size\":" + manifest(i).length + ",\"artifactType\":\"" + TYPE
                        + "\",\"annotations\":{\"number\":\"" + i + "\"}}")
                .collect(Collectors.joining(",",
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[",
                        "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
