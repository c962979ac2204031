package dev.chandlery.manager.pull;

import dev.chandlery.oci.MalformedContentException;

/** Names inside a layer: what is no plain path below the folder is refused, never repaired. */
final class EntryNames {
    private static final int MAX_SHOWN = 200;

    private EntryNames() {}

    /** The path without {@code ./} in front and {@code /} behind; empty for the folder itself. */
    static String check(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (path.isEmpty() || path.equals(".")) {
            return "";
        }
        boolean plain = path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
        for (String part : path.split("/", -1)) {
            plain &= !part.isEmpty() && !part.equals(".") && !part.equals("..");
        }
        if (!plain || path.matches("[A-Za-z]:.*")) {
            throw refused(name, "has a name that is not a plain path below the folder");
        }
        return path;
    }

    /**
     * Absolute links are kept as they are; relative ones must not leave the folder.
     *
     * @param path of the link
     */
    static void checkLink(String path, String target) {
        if (target.isEmpty() || target.chars().anyMatch(Character::isISOControl)) {
            throw refused(path, "is a link without a plain target");
        }
        int depth = (int) path.chars().filter(c -> c == '/').count();
        for (String part : target.startsWith("/") ? new String[0] : target.split("/")) {
            depth += switch (part) {
                case ".." -> -1;
                case "", "." -> 0;
                default -> 1;
            };
            if (depth < 0) {
                throw refused(path, "is a link that leaves the folder");
            }
        }
    }

    /** The failure that names an entry, fit for a terminal. */
    static MalformedContentException refused(String name, String why) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        return new MalformedContentException("cannot unpack: entry \"" + (shown.length() > MAX_SHOWN
                ? shown.substring(0, MAX_SHOWN) + "..."
                : shown) + "\" " + why);
    }
}
