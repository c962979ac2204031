package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.RootEndpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the repositories that the caller may pull from; not of the specification, but all serve it. Names
 * that the caller may not see leave no trace: not in the link to the next page, not in a page's length, and not in
 * the time that it takes, where rules say how names begin.
 */
public record GetCatalog(RepositoryRecords repositories,
        Authorizer authorizer) implements RootEndpoint {

    private static final int BATCH = 1000;

    @Override
    public HttpResponse answer(HttpRequest request, Query query, Caller caller) {
        Paging paging = Paging.of(query);
        List<RepositoryName> visible = visible(paging.probe(), caller);
        List<RepositoryName> page = paging.cut(visible);
        HttpResponse response = paging.link(HttpResponse.of(200), Endpoints.CATALOG, visible);
        return JsonAnswers.list(response, request, caller.account(request.peer().address()), page,
                json -> JsonAnswers.strings(json, "repositories", page));
    }

    private List<RepositoryName> visible(Page wanted, Caller caller) {
        List<RepositoryName> visible = new ArrayList<>();
        for (NameRange range : NameRange.merged(caller.rights().reach(Action.PULL))) {
            addVisible(visible, range, wanted, caller);
        }
        return visible;
    }

    private void addVisible(List<RepositoryName> visible, NameRange range, Page wanted,
            Caller caller) {
        String after = wanted.after();
        while (visible.size() < wanted.limit()) {
            List<RepositoryName> batch = repositories.list(range, new Page(after, BATCH));
            batch.stream()
                    .filter(name -> authorizer.isListed(caller, name))
                    .limit(wanted.limit() - visible.size())
                    .forEach(visible::add);
            if (batch.size() < BATCH) {
                break;
            }
            after = batch.getLast().value();
        }
    }
}
