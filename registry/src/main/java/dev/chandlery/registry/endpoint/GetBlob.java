package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.http.ResponseBody;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;

/**
 * Sends a blob, or a part of it, or with HEAD what it would send.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling blobs, end-2.
 */
public record GetBlob(BlobMembers members, BlobStorage storage) implements Endpoint {
    private static final System.Logger LOG = System.getLogger(GetBlob.class.getName());

    @Override
    public HttpResponse answer(Call call) {
        Digest digest = Digests.parse(call.argument());
        if (members.find(call.repository(), digest).isEmpty()) {
            throw Unknown.blob(call.repository(), call.argument());
        }
        StoredBlob blob = storage.find(digest)
                .orElseThrow(() -> lost(call));
        HeaderFields headers = call.request().headers();
        HttpResponse found = HttpResponse.of(200)
                .with("Docker-Content-Digest", digest.toString())
                .with("ETag", EntityTags.of(digest))
                .with("Accept-Ranges", "bytes");
        if (EntityTags.clientHas(headers, digest)) {
            return new HttpResponse(304, found.headers(), new ResponseBody.LengthOnly(blob.size()));
        }
        HttpResponse typed = found.with("Content-Type", "application/octet-stream");
        if (call.request().isHead()) {
            return typed.withBody(new ResponseBody.LengthOnly(blob.size()));
        }
        return switch (ByteRange.of(headers, digest, blob.size())) {
            case ByteRange.Whole _ -> typed.withBody(
                    new ResponseBody.Streamed(blob.open(0), blob.size()));
            case ByteRange.Part part -> part(typed, blob, part);
            case ByteRange.Unsatisfiable _ -> throw unsatisfiable(digest, blob.size());
        };
    }

    /** The client may push it again, so it is told that it is not there; people must learn of it too. */
    private static RefusedException lost(Call call) {
        LOG.log(System.Logger.Level.WARNING, () -> "cannot send blob " + call.argument() + " of "
                + call.repository()
                + ": storage has no bytes of it; find out more by registry fsck");
        return Unknown.blob(call.repository(), call.argument());
    }

    private static HttpResponse part(HttpResponse typed, StoredBlob blob, ByteRange.Part part) {
        String range = "bytes " + part.first() + "-" + part.last() + "/" + blob.size();
        return new HttpResponse(206, typed.headers().plus("Content-Range", range),
                new ResponseBody.Streamed(blob.open(part.first()), part.length()));
    }

    private static RefusedException unsatisfiable(Digest digest, long size) {
        return new RefusedException(ErrorCode.SIZE_INVALID, 416, "cannot send part of blob "
                + digest + ": expected a range within its " + size + " bytes",
                HeaderFields.NONE.plus("Content-Range", "bytes */" + size));
    }
}
