package dev.chandlery.publisher.pack;

import dev.chandlery.oci.MalformedContentException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Names of entries: what is no plain path below the archive's root is refused, never repaired. */
final class EntryPath {
    private static final int MAX_LENGTH = 1024;

    private EntryPath() {}

    /**
     * The path without {@code ./} in front and {@code /} behind; empty for the root itself.
     *
     * @param archive its file name, for messages
     */
    static String check(String archive, String name) {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.isEmpty() || path.equals(".")) {
            return "";
        }
        String problem = problem(path);
        if (!problem.isEmpty()) {
            throw new MalformedContentException("cannot open " + archive + ": entry \"" + shown(
                    name) + "\" " + problem);
        }
        return path;
    }

    /** The path that a relative link leads to, seen from the folder of {@code link}. */
    static String resolve(String archive, String link, String target) {
        Deque<String> parts = new ArrayDeque<>();
        String folder = link.contains("/") ? link.substring(0, link.lastIndexOf('/')) : "";
        for (String part : (folder + "/" + target).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw new MalformedContentException("cannot open " + archive + ": link \""
                            + shown(link) + "\" leads out of the archive, to \"" + shown(target)
                            + "\"");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** As it may be shown on a terminal. */
    static String shown(String name) {
        String printable = name.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .limit(200)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() < name.length() ? printable + "..." : printable;
    }

    private static String problem(String path) {
        if (path.length() > MAX_LENGTH) {
            return "has a name of " + path.length() + " characters, at most " + MAX_LENGTH
                    + " are taken";
        }
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return "has an absolute path";
        }
        if (path.indexOf('\\') >= 0) {
            return "has a backslash in its name";
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return "has a control character in its name";
        }
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return "leads out of the archive";
            }
            if (part.isEmpty() || part.equals(".")) {
                return "has an empty part in its path";
            }
        }
        return "";
    }
}
