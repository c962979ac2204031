package dev.chandlery.manager.airgap;

import dev.chandlery.manager.transfer.Place;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.store.Layout;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A layout that is read, by the repositories that its entries name.
 *
 * <p><b>Concurrency:</b> safe for reading.
 */
final class ImportPlace implements Place {
    private final Layout layout;
    private final Path file;
    private final SortedMap<String, SortedMap<Tag, Descriptor>> repositories;
    private final Map<Digest, Source> elsewhere = new ConcurrentHashMap<>();

    /** @param repositories manifests by tag, by path of the repository */
    ImportPlace(Layout layout, Path file,
            SortedMap<String, SortedMap<Tag, Descriptor>> repositories) {
        this.layout = layout;
        this.file = file;
        this.repositories = new TreeMap<>(repositories);
    }

    Layout layout() {
        return layout;
    }

    /** That blob, which the layout lacks, is to be had there. */
    void borrow(Digest blob, Source from) {
        elsewhere.put(blob, from);
    }

    InputStream fetch(Descriptor content) {
        Source lender = elsewhere.get(content.digest());
        return lender == null || layout.exists(content)
                ? layout.fetch(content)
                : lender.fetch(content);
    }

    SortedMap<Tag, Descriptor> tags(String path) {
        return repositories.getOrDefault(path, new TreeMap<>());
    }

    @Override
    public String label() {
        return file.toString();
    }

    @Override
    public Target repository(String path) {
        return new ImportRepository(this, path);
    }

    @Override
    public Stream<String> paths() {
        return repositories.keySet().stream();
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public String toString() {
        return layout.toString();
    }
}
