package dev.chandlery.registry.server;

import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.s3.S3Login;
import dev.chandlery.registry.s3.S3Settings;
import dev.chandlery.registry.sql.PostgresSettings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A node in a process of its own, which tests may kill; it is told its storage and prints its address. */
public final class NodeProgram {
    private NodeProgram() {}

    /** What to start such a process with. */
    static String[] arguments(S3Settings bucket, PostgresSettings database) {
        S3Login login = Objects.requireNonNull(bucket.login());
        return List.of(bucket.bucket(), String.valueOf(bucket.endpoint()), login.accessKeyId(),
                login.secretAccessKey(), database.url(), database.user()).toArray(String[]::new);
    }

    public static void main(String[] args) throws InterruptedException {
        S3Settings bucket = S3Settings.of(args[0])
                .withEndpoint(URI.create(args[1]))
                .withLogin(new S3Login(args[2], args[3]));
        PostgresSettings database = new PostgresSettings(args[4], args[5], "", 4);
        StorageSettings storage = new StorageSettings(new StorageSettings.Blobs.S3(bucket),
                new StorageSettings.Metadata.Postgres(database));
        RegistryServer server = RegistryServer.start(ServerOptions.loopback(PortChoice.ANY)
                .withStorage(storage));
        System.out.println("listening on http://" + server.address() + " for tests");
        new CountDownLatch(1).await();
    }
}
