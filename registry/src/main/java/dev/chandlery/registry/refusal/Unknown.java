package dev.chandlery.registry.refusal;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;

/**
 * The 404 answers. Each is made in this one place from the request alone, so that content which exists
 * elsewhere, content that never existed, and a repository that may not be seen answer alike to the byte.
 */
public final class Unknown {
    private Unknown() {}

    public static RefusedException blob(RepositoryName repository, String digest) {
        return new RefusedException(ErrorCode.BLOB_UNKNOWN,
                "cannot find blob " + digest + " in " + repository + ": not found");
    }

    public static RefusedException manifest(RepositoryName repository, String identifier) {
        return new RefusedException(ErrorCode.MANIFEST_UNKNOWN,
                "cannot find manifest " + identifier + " in " + repository + ": not found");
    }

    public static RefusedException repository(RepositoryName repository) {
        return new RefusedException(ErrorCode.NAME_UNKNOWN,
                "cannot find repository " + repository + ": not found");
    }

    public static RefusedException upload(RepositoryName repository) {
        return new RefusedException(ErrorCode.BLOB_UPLOAD_UNKNOWN,
                "cannot find upload session in " + repository
                        + ": not found or expired; begin a new one");
    }
}
