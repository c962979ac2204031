package dev.chandlery.registry.route;

import java.util.Locale;

/** What a path below a repository names. */
public enum Resource {
    TAGS, MANIFEST, BLOB, UPLOADS, UPLOAD, REFERRERS;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** For logs and metrics. */
    String label() {
        return label;
    }
}
