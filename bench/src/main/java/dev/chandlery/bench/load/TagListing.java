package dev.chandlery.bench.load;

import dev.chandlery.bench.peer.Content;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All tags of a repository with 10,000 of them, on one manifest. */
public final class TagListing extends Listing {
    private static final int TAGS = 10_000;
    private static final String TAGGED = "bench/tags";

    @Override
    public String name() {
        return "tags";
    }

    @Override
    public String what() {
        return "list of 10,000 tags, read to its end by one client";
    }

    @Override
    String repository() {
        return TAGGED;
    }

    @Override
    String target() {
        return "/v2/" + TAGGED + "/tags/list";
    }

    @Override
    int size() {
        return TAGS;
    }

    @Override
    String mark() {
        return "\"release-";
    }

    @Override
    public String name(int number) {
        return String.format(Locale.ROOT, "release-%05d", number);
    }

    @Override
    public byte[] manifest(int number) {
        return Content.manifest(ManyManifests.EMPTY_BLOB, ManyManifests.EMPTY_BLOB, "");
    }

    @Override
    byte[] whole() {
        return IntStream.range(0, TAGS)
                .mapToObj(this::name)
                .collect(Collectors.joining("\",\"", "{\"name\":\"" + TAGGED + "\",\"tags\":[\"",
                        "\"]}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
