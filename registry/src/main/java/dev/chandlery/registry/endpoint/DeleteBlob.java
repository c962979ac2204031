package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;

/**
 * Takes a blob out of the repository; other repositories keep it.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Deleting Blobs, end-10.
 */
public record DeleteBlob(BlobMembers members) implements Endpoint {

    @Override
    public HttpResponse answer(Call call) {
        Digest digest = Digests.parse(call.argument());
        if (!members.remove(call.repository(), digest)) {
            throw Unknown.blob(call.repository(), call.argument());
        }
        return HttpResponse.of(202);
    }
}
