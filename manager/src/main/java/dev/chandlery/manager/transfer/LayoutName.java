package dev.chandlery.manager.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** OCI layouts as other programs name them: {@code oci:DIR}, {@code oci-archive:FILE}. */
public final class LayoutName {
    private static final List<String> PREFIXES = List.of("oci:", "oci-archive:", "oci-layout:");

    private LayoutName() {}

    /** The file or folder behind such a prefix; empty without one, and for a host with a port. */
    public static Optional<String> find(String text) {
        return PREFIXES.stream()
                .filter(text::startsWith)
                .map(prefix -> text.substring(prefix.length()))
                .filter(rest -> !rest.isEmpty() && !rest.matches("\\d{1,5}(/.*)?"))
                .findFirst();
    }

    /** Where a registry was to be named: the file or folder that was named instead; empty for a registry. */
    static Optional<String> insteadOfRegistry(String text) {
        boolean path = text.startsWith("/") || text.startsWith("./") || text.startsWith("../")
                || (text.endsWith(".tar") && text.indexOf('/') < 0);
        return path ? Optional.of(text) : find(text);
    }

    /** The path that is meant, with or without a prefix. */
    public static Path path(String text) {
        return Path.of(find(text).orElse(text));
    }
}
