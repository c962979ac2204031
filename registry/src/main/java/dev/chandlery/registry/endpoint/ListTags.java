package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.metadata.TagRecords;
import dev.chandlery.registry.refusal.Unknown;
import dev.chandlery.registry.route.Call;
import dev.chandlery.registry.route.Endpoint;
import java.util.List;

/**
 * Lists tags in the order of their bytes.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Tags, end-8a and end-8b.
 */
public record ListTags(RepositoryRecords repositories, TagRecords tags) implements Endpoint {

    @Override
    public HttpResponse answer(Call call) {
        Paging paging = Paging.of(call.query());
        if (!repositories.exists(call.repository())) {
            throw Unknown.repository(call.repository());
        }
        List<Tag> probed = tags.list(call.repository(), paging.probe());
        List<Tag> page = paging.cut(probed);
        HttpResponse response = paging.link(HttpResponse.of(200),
                Endpoints.tags(call.repository()), probed);
        return JsonAnswers.list(response, call.request(), call.account(), page, json -> {
            json.writeStringField("name", call.repository().value());
            JsonAnswers.strings(json, "tags", page);
        });
    }
}
