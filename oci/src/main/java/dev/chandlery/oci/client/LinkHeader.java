package dev.chandlery.oci.client;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The next page of a list.
 *
 * <p><b>Spec:</b> RFC 8288 section 3; distribution-spec v1.1.1, Listing Tags.
 */
final class LinkHeader {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final Pattern LINK = Pattern.compile(
            "\\s*,?\\s*<([^<>]*)>((?:\\s*;\\s*[^\\s=;,]+\\s*=\\s*(?:\"[^\"]*\"|[^\\s\";,]*))*)");
    private static final Pattern REL = Pattern
            .compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s\";,]*))", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /** The target of the first link with relation {@code next}, as it stands there. */
    static Optional<String> next(List<String> lines) {
        for (String line : lines) {
            if (line.length() > MAX_LENGTH) {
                continue;
            }
            Matcher link = LINK.matcher(line);
            for (int from = 0; link.find(from) && link.start() == from; from = link.end()) {
                if (isNext(link.group(2))) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNext(String parameters) {
        Matcher rel = REL.matcher(parameters);
        if (!rel.find()) {
            return false;
        }
        String relations = rel.group(1) == null ? rel.group(2) : rel.group(1);
        return List.of(relations.toLowerCase(Locale.ROOT).split("\\s+", -1)).contains("next");
    }
}
