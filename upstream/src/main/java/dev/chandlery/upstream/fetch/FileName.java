package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.http.RedactedUri;
import java.net.URI;

/** Names of files, as addresses have them. */
public final class FileName {

    private FileName() {}

    /**
     * The last part of an address's path.
     *
     * @throws MalformedContentException when it is no name of a file
     */
    public static String of(URI uri) {
        String path = uri.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('\\') >= 0) {
            throw new MalformedContentException("cannot take the address " + RedactedUri.of(uri)
                    + ": it does not end in the name of a file");
        }
        return name;
    }
}
