package dev.chandlery.registry.server;

import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.TokenRealm;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.UsedBlobs;
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
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.route.Endpoint;
import dev.chandlery.registry.route.Resource;
import dev.chandlery.registry.route.RouteTable;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;

/** Which endpoint answers what: the whole API on one page. */
record Routes(MetadataStore metadata, BlobStorage storage, ManifestContent content,
        AccessControl access) {

    /** What only looks. */
    RouteTable reading(String instance, BlobMembers blobs) {
        RouteTable table = new RouteTable(new GetRoot(instance), new GetCatalog(metadata
                .repositories(), access.authorizer()));
        access.tokens()
                .map(IssueToken::new)
                .ifPresent(endpoint -> table
                        .withSite(TokenRealm.PATH, "GET", endpoint)
                        .withSite(TokenRealm.PATH, "POST", endpoint));
        return pulling(table, new GetBlob(blobs, storage), new GetManifest(metadata
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
        return pulling(table, new GetBlob(new Unseen.Blobs(metadata.blobs()), storage),
                new GetManifest(manifests, content))
                .with(Resource.TAGS, "GET", Action.PULL, new ListTags(new Unseen.Repositories(
                        metadata.repositories()), new Unseen.Tags(metadata.tags())))
                .with(Resource.REFERRERS, "GET", Action.PULL, new ListReferrers(manifests));
    }

    private static RouteTable pulling(RouteTable table, Endpoint blob, Endpoint manifest) {
        return table.with(Resource.BLOB, "GET", Action.PULL, blob)
                .with(Resource.BLOB, "HEAD", Action.PULL, blob)
                .with(Resource.MANIFEST, "GET", Action.PULL, manifest)
                .with(Resource.MANIFEST, "HEAD", Action.PULL, manifest);
    }

    /** All that a registry does. */
    RouteTable all(UploadSessions sessions, Clock clock, String instance) {
        Authorizer authorizer = access.authorizer();
        Mounts mounts = new Mounts(metadata.blobs(), authorizer, clock);
        BlobMembers found = new UsedBlobs(metadata.blobs(), clock, CollectionSettings.DEFAULTS
                .touchAfter());
        return reading(instance, found)
                .with(Resource.UPLOADS, "POST", Action.PUSH, new BeginUpload(sessions, mounts))
                .with(Resource.UPLOAD, "PATCH", Action.PUSH, ContinueUpload.append(sessions))
                .with(Resource.UPLOAD, "PUT", Action.PUSH, ContinueUpload.finish(sessions))
                .with(Resource.UPLOAD, "GET", Action.PUSH, ContinueUpload.ask(sessions))
                .with(Resource.UPLOAD, "DELETE", Action.PUSH, ContinueUpload.cancel(sessions))
                .with(Resource.MANIFEST, "PUT", Action.PUSH, new PutManifest(metadata.manifests(),
                        storage, clock))
                .with(Resource.MANIFEST, "DELETE", Action.DELETE, new DeleteManifest(metadata
                        .manifests(), metadata.tags()))
                .with(Resource.BLOB, "DELETE", Action.DELETE, new DeleteBlob(metadata.blobs()));
    }
}
