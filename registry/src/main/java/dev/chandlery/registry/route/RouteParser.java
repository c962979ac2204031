package dev.chandlery.registry.route;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads request targets from their raw form. Segments are split first and decoded once each, so that an
 * encoded slash never makes a segment of its own; dots, controls and backslashes are refused whatever
 * their spelling. Paths are read from the right, as a repository may itself be called {@code blobs}.
 */
public final class RouteParser {
    private static final String PREFIX = "/v2";
    private static final int MAX_PATH_CHARACTERS = 2048;

    private RouteParser() {}

    /**
     * Reads the path of a request target.
     *
     * @throws RefusedException 400 for paths that no client has reason to send, 404 for foreign ones
     */
    public static Route parse(String rawPath) {
        if (rawPath.length() > MAX_PATH_CHARACTERS) {
            throw new RefusedException(ErrorCode.NAME_INVALID, 414, "cannot read path: expected at"
                    + " most " + MAX_PATH_CHARACTERS + " characters, got " + rawPath.length(),
                    HeaderFields.NONE);
        }
        if (rawPath.equals(PREFIX) || rawPath.equals(PREFIX + "/")) {
            return new Route.Root();
        }
        if (!rawPath.startsWith(PREFIX + "/")) {
            throw notFound();
        }
        return below(segments(rawPath.substring(PREFIX.length() + 1)));
    }

    private static Route below(List<String> path) {
        if (path.equals(List.of("_catalog"))) {
            return new Route.Catalog();
        }
        int end = path.size();
        if (endsWith(path, end, "tags", "list")) {
            return route(path, 2, Resource.TAGS, "");
        }
        if (endsWith(path, end, "blobs", "uploads")) {
            return route(path, 2, Resource.UPLOADS, "");
        }
        if (endsWith(path, end - 1, "blobs", "uploads")) {
            return route(path, 3, Resource.UPLOAD, path.getLast());
        }
        if (end < 3) {
            throw notFound();
        }
        return switch (path.get(end - 2)) {
            case "manifests" -> route(path, 2, Resource.MANIFEST, path.getLast());
            case "blobs" -> route(path, 2, Resource.BLOB, path.getLast());
            case "referrers" -> route(path, 2, Resource.REFERRERS, path.getLast());
            default -> throw notFound();
        };
    }

    private static boolean endsWith(List<String> path, int end, String first, String second) {
        return end > 2 && path.get(end - 2).equals(first) && path.get(end - 1).equals(second);
    }

    private static Route route(List<String> path, int dropped, Resource resource,
            String argument) {
        String name = String.join("/", path.subList(0, path.size() - dropped));
        try {
            return new Route.InRepository(new RepositoryName(name), resource, argument);
        } catch (InvalidReferenceException e) {
            throw new RefusedException(ErrorCode.NAME_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> segments(String rawPath) {
        List<String> decoded = new ArrayList<>();
        // Only the upload endpoint is written with a slash at its end, and some clients leave it out.
        String path = rawPath.endsWith("/blobs/uploads/")
                ? rawPath.substring(0, rawPath.length() - 1)
                : rawPath;
        for (String segment : path.split("/", -1)) {
            decoded.add(check(PercentCoding.decode(segment)));
        }
        return decoded;
    }

    private static String check(String segment) {
        boolean forbidden = segment.chars()
                .anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\');
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || forbidden) {
            throw new RefusedException(ErrorCode.NAME_INVALID, "cannot read path: a segment is"
                    + " empty, a dot segment, or holds a slash, backslash or control character");
        }
        return segment;
    }

    private static RefusedException notFound() {
        return new RefusedException(ErrorCode.NAME_UNKNOWN, 404,
                "cannot find endpoint: expected a path of the OCI distribution API below /v2/",
                HeaderFields.NONE);
    }
}
