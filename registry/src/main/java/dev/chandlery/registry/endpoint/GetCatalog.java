package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Decision;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.RootEndpoint;
import java.util.List;

/** Lists the repositories that the caller may pull from; not of the specification, but all serve it. */
public record GetCatalog(RepositoryRecords repositories,
        Authorizer authorizer) implements RootEndpoint {

    @Override
    public HttpResponse answer(HttpRequest request, Query query) {
        Paging paging = Paging.of(query);
        List<RepositoryName> probed = repositories.list(paging.probe());
        List<RepositoryName> shown = paging.cut(probed)
                .stream()
                .filter(name -> authorizer.decide(request.headers(), name,
                        Action.PULL) instanceof Decision.Allowed)
                .toList();
        Bytes body = JsonAnswers.write(json -> {
            json.writeStartObject();
            JsonAnswers.strings(json, "repositories", shown);
            json.writeEndObject();
        });
        HttpResponse response = paging.link(HttpResponse.of(200), "/v2/_catalog", probed);
        return JsonAnswers.of(response, request, body);
    }
}
