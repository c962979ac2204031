package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.TagRecords;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.util.Optional;

/**
 * Deletes a manifest with all its tags, or only a tag.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Deleting tags and Deleting Manifests, end-9.
 */
public record DeleteManifest(ManifestMembers members, TagRecords tags,
        Hooks hooks) implements Endpoint {

    @Override
    public HttpResponse answer(Call call) {
        Identifier identifier = Identifiers.existing(call);
        Change change = new Change(Change.Operation.DELETE_MANIFEST, call.repository(), call
                .argument(), 0, Optional.empty(), call.actor());
        boolean deleted = hooks.around(change, () -> switch (identifier) {
            case Digest digest -> members.remove(call.repository(), digest);
            case Tag tag -> tags.remove(call.repository(), tag);
        });
        if (!deleted) {
            throw Unknown.manifest(call.repository(), call.argument());
        }
        return HttpResponse.of(202);
    }
}
