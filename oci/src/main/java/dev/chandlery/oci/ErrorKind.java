package dev.chandlery.oci;

/** What kind of failure an {@link OciException} is; mapped to exit codes and HTTP status at the edges. */
public enum ErrorKind {
    /** A name, tag, digest or type breaks its grammar. */
    INVALID_REFERENCE,
    /** The content, tag or repository is not there. */
    NOT_FOUND,
    /** Bytes differ from what their descriptor says. */
    CONTENT_MISMATCH,
    /** Bytes cannot be read as what they claim to be. */
    MALFORMED_CONTENT,
    /** There is less proof of where bytes come from than is asked for. */
    UNTRUSTED,
    /** A registry or upstream answered with an error. */
    RESPONSE,
    /** Credentials are missing, wrong, or without the right. */
    UNAUTHORIZED,
    /** The connection failed, broke or timed out. */
    TRANSFER,
    /** The other side cannot do what is asked. */
    UNSUPPORTED,
    /** Something is larger or more than a limit of ours. */
    LIMIT_EXCEEDED,
    /** The caller was interrupted. */
    CANCELLED,
    /** The local disk or another local resource failed. */
    STORAGE
}
