package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.upload.UploadSession;

/** What requests to upload sessions are answered with. Locations are relative: good behind proxies. */
final class UploadAnswers {
    private UploadAnswers() {}

    /** Where the session stands: an empty one says {@code 0-0}, by convention. */
    static HttpResponse progress(int status, RepositoryName repository, UploadSession session) {
        return HttpResponse.of(status)
                .with(HeaderNames.LOCATION, Endpoints.upload(repository, session.id()))
                .with(HeaderNames.RANGE, "0-" + Math.max(0, session.offset() - 1))
                .with(HeaderNames.UPLOAD_UUID, session.id());
    }

    /** The blob is there. */
    static HttpResponse created(RepositoryName repository, Digest digest) {
        return HttpResponse.of(201)
                .with(HeaderNames.LOCATION, Endpoints.blob(repository, digest))
                .with(HeaderNames.CONTENT_DIGEST, digest.toString());
    }
}
