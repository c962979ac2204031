package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestNames;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecords;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes a manifest and points tags at it, if the repository holds all that it names. Nothing is stored of
 * a manifest that is refused.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Pushing Manifests, end-7.
 */
public record PutManifest(ManifestMembers members, BlobStorage storage,
        Clock clock, Hooks hooks) implements Endpoint {

    private static final int PRECONDITION_FAILED = 412;
    private static final int MAX_NAMED = 20;

    @Override
    public HttpResponse answer(Call call) throws IOException {
        Identifier identifier = Identifiers.written(call.argument());
        List<Tag> tags = tags(call, identifier);
        try (LargeManifests.Place place = LargeManifests.ofProcess().place(call.account())) {
            return answer(call, tags, ManifestBody.read(call.request(), identifier, place));
        }
    }

    private HttpResponse answer(Call call, List<Tag> tags, ManifestDocument document) {
        ManifestPush push = new ManifestPush(ManifestRecords.of(document), Requirements.of(document
                .manifest()), ManifestNames.named(document.manifest()), tags, TagConditions.of(call
                        .request()
                        .headers()));
        require(call, push, members.check(call.repository(), push));
        Change change = new Change(Change.Operation.PUSH_MANIFEST, call.repository(), call
                .argument(), document.raw().size(), Optional.of(document.raw()), call.actor());
        hooks.around(change, () -> {
            store(call, push, document);
            return true;
        });
        return created(call, document, tags);
    }

    private void store(Call call, ManifestPush push, ManifestDocument document) {
        ManifestBody.store(document, storage);
        Recorded recorded = new Recorded(clock.instant(), call.caller().name());
        require(call, push, members.push(call.repository(), push, recorded, ManifestBody.presence(
                document, storage)));
    }

    private static List<Tag> tags(Call call, Identifier identifier) {
        List<Tag> tags = new ArrayList<>();
        if (identifier instanceof Tag tag) {
            tags.add(tag);
        }
        call.query().all("tag").stream().map(Identifiers::tag).forEach(tags::add);
        return tags;
    }

    private static void require(Call call, ManifestPush push, PushOutcome outcome) {
        String what = "cannot accept manifest " + push.manifest().digest() + " in "
                + call.repository() + ": ";
        switch (outcome) {
            case PushOutcome.Stored _ -> {
            }
            case PushOutcome.ContentMissing(var digests) -> throw new RefusedException(
                    ErrorCode.MANIFEST_BLOB_UNKNOWN, what + "push what it names first: "
                            + digests.stream()
                                    .limit(MAX_NAMED)
                                    .map(Digest::toString)
                                    .collect(Collectors.joining(", ")) + (digests
                                            .size() > MAX_NAMED
                                                    ? " and " + (digests.size() - MAX_NAMED)
                                                            + " more"
                                                    : ""));
            case PushOutcome.SizeDiffers(var digest, var expected, var actual) ->
                throw new RefusedException(ErrorCode.MANIFEST_INVALID, what + "expected " + digest
                        + " to have " + expected + " bytes, the manifest says " + actual);
            case PushOutcome.ConditionFailed _ -> throw new RefusedException(
                    ErrorCode.MANIFEST_INVALID, PRECONDITION_FAILED, what
                            + "the tag is not in the state that If-Match or If-None-Match asks for",
                    HeaderFields.NONE);
        }
    }

    private static HttpResponse created(Call call, ManifestDocument document, List<Tag> tags) {
        Digest digest = document.descriptor().digest();
        HttpResponse response = HttpResponse.of(201)
                .with(HeaderNames.LOCATION, Endpoints.manifest(call.repository(), digest))
                .with(HeaderNames.CONTENT_DIGEST, digest.toString())
                .with(HeaderNames.ETAG, EntityTags.of(digest));
        if (!call.query().all("tag").isEmpty()) {
            response = response.with(HeaderNames.TAG, tags.stream()
                    .map(Tag::value)
                    .collect(Collectors.joining(", ")));
        }
        String subject = document.manifest()
                .subjectDescriptor()
                .map(Descriptor::digest)
                .map(Digest::toString)
                .orElse("");
        return subject.isEmpty() ? response : response.with(HeaderNames.SUBJECT, subject);
    }
}
