package dev.chandlery.bench.copy.stock;

import dev.chandlery.bench.peer.Content;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A blob or a manifest in a repository. */
public sealed interface Item {
    String repository();

    String digest();

    long size();

    /** Its media type. */
    String type();

    /** What it is called in lists of what was done already: repository and digest. */
    default String key() {
        return repository() + "@" + digest();
    }

    /** The object by which manifests name it. */
    default String descriptor(String more) {
        return "{\"mediaType\":\"" + type() + "\",\"digest\":\"" + digest() + "\",\"size\":"
                + size() + more + "}";
    }

    /**
     * Bytes that manifests name.
     *
     * @param bytes makes the content, in new buffers each time
     */
    record Blob(String repository, String digest, long size, String type,
            Supplier<ByteBuffer[]> bytes) implements Item {
        static Blob of(String repository, String type, Noise noise) {
            return new Blob(repository, noise.digest(), noise.size(), type, noise::buffers);
        }

        static Blob of(String repository, String type, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Blob(repository, Content.digest(bytes),
                    bytes.length, type, () -> new ByteBuffer[]{ByteBuffer.wrap(bytes)});
        }
    }

    /**
     * A manifest or an index.
     *
     * @param tag that points at it
     * @param parts all that must be there before it
     */
    record Document(String repository, String digest, Optional<String> tag, String type,
            String text, List<Item> parts) implements Item {
        static Document of(String repository, String type, String text, List<Item> parts) {
            return new Document(repository, Content.digest(text.getBytes(
                    StandardCharsets.UTF_8)), Optional.empty(), type, text, List.copyOf(parts));
        }

        Document tagged(String name) {
            return new Document(repository, digest, Optional.of(name), type, text, parts);
        }

        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public long size() {
            return bytes().length;
        }

        /** Whether its tag is the one under which a registry without a list of referrers keeps them. */
        public boolean isFallback() {
            return name().startsWith("sha256-");
        }

        /** Its tag, or else its digest: what it is asked for and put under. */
        public String name() {
            return tag.orElse(digest);
        }
    }
}
