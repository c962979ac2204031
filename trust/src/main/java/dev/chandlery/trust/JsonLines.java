package dev.chandlery.trust;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.util.List;

/** Files that hold one JSON object, or one in each line. */
public final class JsonLines {
    private static final int MAX_LINES = 2000;

    private JsonLines() {}

    /**
     * The objects as text; none of them is read yet.
     *
     * @throws MalformedContentException when there are too many
     */
    public static List<Bytes> split(Bytes file, String what) {
        JsonDocument.requireSize(file, what);
        List<String> lines = file.utf8().lines().filter(line -> !line.isBlank()).toList();
        if (!lines.stream().allMatch(JsonLines::isObject)) {
            return List.of(file);
        }
        if (lines.size() > MAX_LINES) {
            throw new MalformedContentException("cannot read " + what + ": expected at most "
                    + MAX_LINES + " lines, got " + lines.size());
        }
        return lines.stream().map(Bytes::ofUtf8).toList();
    }

    private static boolean isObject(String line) {
        String text = line.strip();
        return text.startsWith("{") && text.endsWith("}");
    }
}
