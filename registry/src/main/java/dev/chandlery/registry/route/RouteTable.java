package dev.chandlery.registry.route;

import dev.chandlery.registry.access.Action;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers what, and which right it needs; filled once while wiring, then only read. */
public final class RouteTable {

    /** An endpoint and the right it needs on the repository. */
    record Operation(Action action, Endpoint endpoint) {}

    private final RootEndpoint root;
    private final RootEndpoint catalog;
    private final Map<Resource, Map<String, Operation>> operations = new EnumMap<>(Resource.class);
    private final Map<String, Map<String, SiteEndpoint>> sites = new HashMap<>();

    public RouteTable(RootEndpoint root, RootEndpoint catalog) {
        this.root = root;
        this.catalog = catalog;
    }

    /** Adds an endpoint; GET answers HEAD too. Returns this table. */
    public RouteTable with(Resource resource, String method, Action action, Endpoint endpoint) {
        Map<String, Operation> methods = operations.computeIfAbsent(resource, _ -> new TreeMap<>());
        methods.put(method, new Operation(action, endpoint));
        if (method.equals("GET")) {
            methods.put("HEAD", new Operation(action, endpoint));
        }
        return this;
    }

    /** Adds an endpoint beside the API; GET answers HEAD too. Returns this table. */
    public RouteTable withSite(String path, String method, SiteEndpoint endpoint) {
        Map<String, SiteEndpoint> methods = sites.computeIfAbsent(path, _ -> new TreeMap<>());
        methods.put(method, endpoint);
        if (method.equals("GET")) {
            methods.put("HEAD", endpoint);
        }
        return this;
    }

    RootEndpoint root() {
        return root;
    }

    RootEndpoint catalog() {
        return catalog;
    }

    /** Operations of a resource by method, sorted. */
    Map<String, Operation> of(Resource resource) {
        return operations.getOrDefault(resource, Map.of());
    }

    /** Endpoints of a path beside the API by method, sorted; null when there are none. */
    @Nullable
    Map<String, SiteEndpoint> site(String path) {
        return sites.get(path);
    }
}
