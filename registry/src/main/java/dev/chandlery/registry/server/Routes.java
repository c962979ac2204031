package dev.chandlery.registry.server;

import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.TokenRealm;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.endpoint.BeginUpload;
import dev.chandlery.registry.endpoint.ContinueUpload;
import dev.chandlery.registry.endpoint.DeleteBlob;
import dev.chandlery.registry.endpoint.DeleteManifest;
import dev.chandlery.registry.endpoint.GetBlob;
import dev.chandlery.registry.endpoint.GetCatalog;
import dev.chandlery.registry.endpoint.GetManifest;
import dev.chandlery.registry.endpoint.GetRoot;
import dev.chandlery.registry.endpoint.IssueToken;
import dev.chandlery.registry.endpoint.ListReferrers;
import dev.chandlery.registry.endpoint.ListTags;
import dev.chandlery.registry.endpoint.Mounts;
import dev.chandlery.registry.endpoint.PutManifest;
import dev.chandlery.registry.hook.Hooks;
import dev.chandlery.registry.limit.UploadSlots;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.route.Endpoint;
import dev.chandlery.registry.route.Resource;
import dev.chandlery.registry.route.RouteTable;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;

/**
 * Which endpoint answers what: the whole API on one page.
 *
 * @param found blobs, as finding one is recorded; hidden ones are looked for in the same way
 */
record Routes(MetadataStore metadata, BlobMembers found, BlobStorage storage,
        ManifestContent content,
        AccessControl access) {

    /** What only looks. */
    RouteTable reading(String instance) {
        RouteTable table = new RouteTable(new GetRoot(instance), new GetCatalog(metadata
                .repositories(), access.authorizer()));
        access.tokens()
                .map(IssueToken::new)
                .ifPresent(endpoint -> table
                        .withSite(TokenRealm.PATH, "GET", endpoint)
                        .withSite(TokenRealm.PATH, "POST", endpoint));
        return pulling(table, new GetBlob(found, storage), new GetManifest(metadata
                .manifests(), content))
                .with(Resource.TAGS, "GET", Action.PULL, new ListTags(metadata.repositories(),
                        metadata.tags()))
                .with(Resource.REFERRERS, "GET", Action.PULL, new ListReferrers(metadata
                        .manifests()));
    }

    /** What callers find who may not see a repository. */
    RouteTable hidden(String instance) {
        RouteTable table = new RouteTable(new GetRoot(instance), new GetCatalog(metadata
                .repositories(), access.authorizer()));
        Unseen.Manifests manifests = new Unseen.Manifests(metadata.manifests());
        return pulling(table, new GetBlob(new Unseen.Blobs(found), storage),
                new GetManifest(manifests, content))
                .with(Resource.TAGS, "GET", Action.PULL, new ListTags(new Unseen.Repositories(
                        metadata.repositories()), new Unseen.Tags(metadata.tags())))
                .with(Resource.REFERRERS, "GET", Action.PULL, new ListReferrers(manifests));
    }

    private static RouteTable pulling(RouteTable table, Endpoint blob, Endpoint manifest) {
        return table.with(Resource.BLOB, "GET", Action.PULL, blob)
                .with(Resource.MANIFEST, "GET", Action.PULL, manifest);
    }

    /**
     * What writing needs.
     *
     * @param sessions of uploads
     * @param slots in which uploads are received
     * @param hooks asked before anything is written
     * @param clock for what is recorded
     */
    record Writing(UploadSessions sessions, UploadSlots slots, Hooks hooks, Clock clock) {}

    /** All that a registry does. */
    RouteTable all(Writing writing, String instance) {
        UploadSessions sessions = writing.sessions();
        Hooks hooks = writing.hooks();
        Clock clock = writing.clock();
        UploadSlots slots = writing.slots();
        Mounts mounts = new Mounts(metadata.blobs(), storage, access.authorizer(), clock, hooks);
        return reading(instance)
                .with(Resource.UPLOADS, "POST", Action.PUSH, slots.around(new BeginUpload(sessions,
                        mounts, hooks)))
                .with(Resource.UPLOAD, "PATCH", Action.PUSH, slots.around(ContinueUpload.append(
                        sessions, hooks)))
                .with(Resource.UPLOAD, "PUT", Action.PUSH, slots.around(ContinueUpload.finish(
                        sessions, hooks)))
                .with(Resource.UPLOAD, "GET", Action.PUSH, ContinueUpload.ask(sessions))
                .with(Resource.UPLOAD, "DELETE", Action.PUSH, ContinueUpload.cancel(sessions))
                .with(Resource.MANIFEST, "PUT", Action.PUSH, new PutManifest(metadata.manifests(),
                        storage, clock, hooks))
                .with(Resource.MANIFEST, "DELETE", Action.DELETE, new DeleteManifest(metadata
                        .manifests(), metadata.tags(), hooks))
                .with(Resource.BLOB, "DELETE", Action.DELETE, new DeleteBlob(metadata.blobs(),
                        hooks));
    }
}
