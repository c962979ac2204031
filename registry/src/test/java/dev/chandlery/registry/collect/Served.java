package dev.chandlery.registry.collect;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.server.PlainClient;
import dev.chandlery.registry.server.RegistryServer;
import dev.chandlery.registry.server.ServerOptions;
import dev.chandlery.registry.server.StorageLock;
import dev.chandlery.registry.sql.SqliteMetadata;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

/** A registry that answers, its storage folder, and what works on that beside it. */
public record Served(Path folder, RegistryServer server, PlainClient client) implements
        AutoCloseable {
    public static final Bytes EMPTY = Bytes.ofUtf8("{}");

    public static Served start(Path folder) {
        try {
            RegistryServer server = RegistryServer.start(StorageLock.tryTake(folder.toRealPath())
                    .orElseThrow(), ServerOptions.loopback(PortChoice.ANY));
            return new Served(folder, server, PlainClient.of(server.address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects as a process beside the registry does, as if that much time had passed. */
    public CollectionReport collect(CollectionRequest request, Duration passed) {
        try (MetadataStore metadata = SqliteMetadata.open(folder)) {
            FileBlobStorage storage = FileBlobStorage.open(folder);
            Clock clock = Clock.offset(Clock.systemUTC(), passed);
            UploadSessions sessions = new UploadSessions(metadata.sessions(), storage,
                    UploadLimits.DEFAULTS, clock);
            return new GarbageCollector(metadata, storage, sessions, clock).collect(request,
                    Progress.SILENT);
        }
    }

    public CollectionReport collect(Duration passed) {
        return collect(CollectionRequest.of(CollectionSettings.DEFAULTS), passed);
    }

    /** Makes all records that much older. */
    public void age(Duration by) {
        sql("UPDATE membership SET touched_at = touched_at - " + by.toMillis());
        sql("UPDATE tag SET recorded_at = recorded_at - " + by.toMillis());
    }

    /** Changes the records as nobody should; foreign keys are not looked at. */
    public void sql(String statement) {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(
                SqliteMetadata.FILE_NAME)); Statement change = database.createStatement()) {
            change.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As storage is that was written before references were recorded. */
    public void forget() {
        sql("DELETE FROM manifest_reference");
        sql("UPDATE manifest SET indexed = 0");
    }

    /** Where the bytes of that content are. */
    public Path file(Digest digest) {
        return folder.resolve("blobs")
                .resolve(digest.algorithm().label())
                .resolve(digest.encoded().substring(0, 2))
                .resolve(digest.encoded());
    }

    /** Loses the bytes, as a disk does. */
    public void dropBytes(Digest digest) {
        try {
            Files.delete(file(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int status(String method, String target) {
        return client.call(method, target).send().statusCode();
    }

    public boolean hasBlob(String repository, Digest digest) {
        return status("GET", "/v2/" + repository + "/blobs/" + digest) == 200;
    }

    public boolean hasManifest(String repository, String reference) {
        return status("GET", "/v2/" + repository + "/manifests/" + reference) == 200;
    }

    /** Pushes an image with those layers, and the layers before it. */
    public Digest pushImage(String repository, String reference, Bytes... layers) {
        client.pushBlob(repository, EMPTY);
        for (Bytes layer : layers) {
            client.pushBlob(repository, layer);
        }
        return client.pushManifest(repository, reference, Graphs.IMAGE, Graphs.image(layers));
    }

    /** Mounts; whether it was done, and not an upload begun instead. */
    public boolean mount(String to, Digest digest, String from) {
        HttpResponse<String> answer = client.call("POST", "/v2/" + to + "/blobs/uploads/?mount="
                + digest + "&from=" + from).send();
        return answer.statusCode() == 201;
    }

    public boolean stores(Digest digest) {
        return FileBlobStorage.readOnly(folder).find(digest).isPresent();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
