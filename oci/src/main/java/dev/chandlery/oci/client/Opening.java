package dev.chandlery.oci.client;

import dev.chandlery.oci.content.Pushed;

/** How far a registry let a push come with its first request. */
sealed interface Opening {

    /** The blob is there now, and how it came about. */
    record There(Pushed how) implements Opening {}

    /** A session that waits for the bytes. */
    record Open(UploadSession session) implements Opening {}
}
