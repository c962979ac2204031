package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Identifier;

import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.http.ResponseBody;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;

/**
 * Sends a manifest as it was pushed, whatever the client accepts: its bytes are what its digest names.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pulling manifests, end-3.
 */
public record GetManifest(ManifestMembers members, ManifestContent content) implements Endpoint {
    private static final System.Logger LOG = System.getLogger(GetManifest.class.getName());

    @Override
    public HttpResponse answer(Call call) {
        Identifier identifier = Identifiers.existing(call);
        ManifestRecord manifest = members.find(call.repository(), identifier)
                .orElseThrow(() -> Unknown.manifest(call.repository(), call.argument()));
        HttpResponse found = HttpResponse.of(200)
                .with(HeaderNames.CONTENT_DIGEST, manifest.digest().toString())
                .with(HeaderNames.ETAG, EntityTags.of(manifest.digest()));
        if (EntityTags.clientHas(call.request().headers(), manifest.digest())) {
            return new HttpResponse(304, found.headers(), new ResponseBody.LengthOnly(manifest
                    .size()));
        }
        HttpResponse typed = found.with(HeaderNames.CONTENT_TYPE, manifest.mediaType().value());
        if (!call.request().isHead()) {
            return typed.withBody(content.find(manifest.digest()).orElseThrow(() -> lost(call)));
        }
        if (!content.has(manifest.digest())) {
            throw lost(call);
        }
        return typed.withBody(new ResponseBody.LengthOnly(manifest.size()));
    }

    /** The client may push it again, so it is told that it is not there; people must learn of it too. */
    private static RefusedException lost(Call call) {
        LOG.log(System.Logger.Level.WARNING, () -> "cannot send manifest " + call.argument()
                + " of " + call.repository()
                + ": storage has no bytes of it; find out more by registry fsck");
        return Unknown.manifest(call.repository(), call.argument());
    }
}
