package dev.chandlery.registry.route;

/** What a path below a repository names. */
public enum Resource {
    TAGS, MANIFEST, BLOB, UPLOADS, UPLOAD, REFERRERS
}
