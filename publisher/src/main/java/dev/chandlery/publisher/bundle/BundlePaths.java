package dev.chandlery.publisher.bundle;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.publisher.bundle.LayerFiles.Entry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks whether tools can lie in one tree: no two may have the same path with other content, or paths that are
 * the same where case does not count, and none may break the base image. Each layer is read once, whatever
 * number of platforms has it. Not thread-safe.
 */
final class BundlePaths {
    private static final String REMOVED = ".wh.";

    private final String bundle;
    private final Map<Digest, SortedMap<String, Entry>> read = new HashMap<>();

    BundlePaths(String bundle) {
        this.bundle = bundle;
    }

    /** A path, and the tool that it is of. */
    private record Owned(String path, String origin, Entry entry) {}

    /**
     * Checks one platform.
     *
     * @throws MalformedContentException which names the path and both tools
     */
    void check(BundleImage image, java.util.Optional<String> entrypoint) {
        Map<String, Owned> taken = new TreeMap<>();
        SortedMap<String, String> baseLinks = new TreeMap<>();
        boolean based = false;
        boolean runs = entrypoint.isEmpty();
        for (LayerSource layer : image.layers()) {
            SortedMap<String, Entry> entries = read.computeIfAbsent(layer.layer().digest(),
                    _ -> LayerFiles.read(layer));
            runs |= entrypoint.isPresent() && entries.containsKey(entrypoint.get());
            if (layer.ofBase()) {
                based = true;
                entries.forEach((path, entry) -> note(baseLinks, path, entry));
            } else {
                entries.forEach((path, entry) -> {
                    refuseWhiteout(path, layer, image);
                    take(taken, new Owned(path, layer.origin(), entry), image);
                    refuseBroken(baseLinks, path, entry, layer);
                });
            }
        }
        if (!runs && !based) {
            throw refused(image, "entrypoint " + entrypoint.orElse("") + " is not among its files");
        }
    }

    private static void note(SortedMap<String, String> links, String path, Entry entry) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.startsWith(REMOVED)) {
            links.remove(path.substring(0, path.length() - name.length()) + name.substring(REMOVED
                    .length()));
        } else if (entry instanceof Entry.Link link) {
            links.put(path, link.target());
        } else {
            links.remove(path);
        }
    }

    /** A folder over a link hides all that is behind the link: usually the shell and its libraries. */
    private void refuseBroken(SortedMap<String, String> links, String path, Entry entry,
            LayerSource layer) {
        if (entry instanceof Entry.Folder && links.containsKey(path)) {
            throw new MalformedContentException("cannot build bundle " + bundle + ": the folder "
                    + path + " of " + layer.origin() + " would hide the base image's link " + path
                    + " -> " + links.get(path) + "; use a base image whose /" + path
                    + " is a folder, or none");
        }
    }

    /** It would take away files of the tools below. */
    private void refuseWhiteout(String path, LayerSource layer, BundleImage image) {
        if (path.substring(path.lastIndexOf('/') + 1).startsWith(REMOVED)) {
            throw refused(image, path + " of " + layer.origin()
                    + " has a name by which container engines take a file away");
        }
    }

    private void take(Map<String, Owned> taken, Owned fresh, BundleImage image) {
        String key = fresh.path().toLowerCase(Locale.ROOT);
        Owned other = taken.putIfAbsent(key, fresh);
        if (other == null) {
            return;
        }
        boolean same = other.path().equals(fresh.path()) && other.entry().equals(fresh.entry());
        if (!same && !(other.entry() instanceof Entry.Folder && fresh
                .entry() instanceof Entry.Folder)) {
            throw refused(image, other.path().equals(fresh.path())
                    ? other.origin() + " and " + fresh.origin() + " have different files "
                            + fresh.path()
                    : "files " + other.path() + " of " + other.origin() + " and " + fresh.path()
                            + " of " + fresh.origin()
                            + " have the same name where case does not count");
        }
    }

    private MalformedContentException refused(BundleImage image, String why) {
        return new MalformedContentException("cannot build bundle " + bundle + " for " + image
                .platform() + ": " + why
                + "; leave one out, or name its binaries in registry.yaml");
    }
}
