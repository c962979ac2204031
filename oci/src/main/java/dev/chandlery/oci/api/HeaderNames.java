package dev.chandlery.oci.api;

/** Header names that registries and their clients use. */
public final class HeaderNames {
    public static final String ACCEPT = "Accept";
    public static final String ACCEPT_RANGES = "Accept-Ranges";
    public static final String AUTHORIZATION = "Authorization";
    public static final String CONTENT_LENGTH = "Content-Length";
    public static final String CONTENT_RANGE = "Content-Range";
    public static final String CONTENT_TYPE = "Content-Type";
    public static final String ETAG = "ETag";
    public static final String IF_MATCH = "If-Match";
    public static final String IF_NONE_MATCH = "If-None-Match";
    public static final String LINK = "Link";
    public static final String LOCATION = "Location";
    public static final String RANGE = "Range";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    public static final String API_VERSION = "Docker-Distribution-API-Version";
    public static final String CONTENT_DIGEST = "Docker-Content-Digest";
    public static final String UPLOAD_UUID = "Docker-Upload-UUID";
    public static final String CHUNK_MIN_LENGTH = "OCI-Chunk-Min-Length";
    public static final String FILTERS_APPLIED = "OCI-Filters-Applied";
    public static final String SUBJECT = "OCI-Subject";
    public static final String TAG = "OCI-Tag";

    private HeaderNames() {}
}
