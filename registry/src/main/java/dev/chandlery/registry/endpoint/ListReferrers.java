package dev.chandlery.registry.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.oci.api.HeaderNames;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.limit.AnswerMemory;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.ReferrerPage;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lists what is attached to a manifest, which need not be there; never a 404.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Referrers, end-12a and end-12b.
 */
public record ListReferrers(ManifestMembers members) implements Endpoint {

    private static final String FILTER = "artifactType";

    @Override
    public HttpResponse answer(Call call) {
        try (Reserved reserved = new Reserved(call.account())) {
            return answer(call, reserved);
        }
    }

    private HttpResponse answer(Call call, Reserved reserved) {
        Digest subject = Digests.parse(call.argument());
        Optional<MediaType> filter = call.query().first(FILTER).map(ListReferrers::type);
        Paging paging = Paging.of(call.query());
        ReferrerPage page = members.referrers(call.repository(), subject, filter.orElse(null),
                paging.page(), reserved::bytes);
        HttpResponse response = HttpResponse.of(200)
                .with(HeaderNames.CONTENT_TYPE, MediaType.IMAGE_INDEX.value());
        if (filter.isPresent()) {
            response = response.with(HeaderNames.FILTERS_APPLIED, FILTER);
        }
        if (page.more() && !page.referrers().isEmpty()) {
            response = response.with(HeaderNames.LINK, link(call, page, filter, paging));
        }
        return JsonAnswers.of(response, call.request(), reserved.handOver(), reserved.size,
                json -> write(json, page));
    }

    /** Room for the answer, of which the records say how large it will be; used by one thread. */
    private static final class Reserved implements AutoCloseable {
        private final String account;
        private AnswerMemory.Room room = AnswerMemory.Room.NOT_COUNTED;
        private boolean handedOver;
        private long size;

        Reserved(String account) {
            this.account = account;
        }

        void bytes(long bytes) {
            room = AnswerMemory.ofProcess().take(account, bytes);
            size = bytes;
        }

        /** To whoever closes it from now on. */
        AnswerMemory.Room handOver() {
            handedOver = true;
            return room;
        }

        @Override
        public void close() {
            if (!handedOver) {
                room.close();
            }
        }
    }

    private static MediaType type(String text) {
        try {
            return new MediaType(text);
        } catch (InvalidReferenceException e) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400, String.valueOf(e.getMessage()),
                    HeaderFields.NONE);
        }
    }

    private static String link(Call call, ReferrerPage page, Optional<MediaType> filter,
            Paging paging) {
        String path = Endpoints.referrers(call.repository(), Digests.parse(call.argument()));
        String kept = filter.map(type -> FILTER + "=" + URLEncoder.encode(type.value(),
                StandardCharsets.UTF_8) + "&").orElse("");
        return "<" + path + "?" + kept + "n=" + paging.wanted() + "&last="
                + page.referrers().getLast().digest() + ">; rel=\"next\"";
    }

    private static void write(JsonGenerator json, ReferrerPage page) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", 2);
        json.writeStringField("mediaType", MediaType.IMAGE_INDEX.value());
        json.writeArrayFieldStart("manifests");
        for (ManifestRecord referrer : page.referrers()) {
            write(json, referrer);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ManifestRecord referrer) throws IOException {
        json.writeStartObject();
        json.writeStringField("mediaType", referrer.mediaType().value());
        json.writeStringField("digest", referrer.digest().toString());
        json.writeNumberField("size", referrer.size());
        MediaType artifactType = referrer.artifactType();
        if (artifactType != null) {
            json.writeStringField(FILTER, artifactType.value());
        }
        if (!referrer.annotations().equals("{}")) {
            json.writeFieldName("annotations");
            json.writeRawValue(referrer.annotations());
        }
        json.writeEndObject();
    }
}
