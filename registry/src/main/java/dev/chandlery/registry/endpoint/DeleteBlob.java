package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.util.Optional;

/**
 * Takes a blob out of the repository; other repositories keep it.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Deleting Blobs, end-10.
 */
public record DeleteBlob(BlobMembers members, Hooks hooks) implements Endpoint {

    @Override
    public HttpResponse answer(Call call) {
        Digest digest = Digests.parse(call.argument());
        Change change = new Change(Change.Operation.DELETE_BLOB, call.repository(), call
                .argument(), 0, Optional.empty(), call.actor());
        if (!hooks.around(change, () -> members.remove(call.repository(), digest))) {
            throw Unknown.blob(call.repository(), call.argument());
        }
        return HttpResponse.of(202);
    }
}
