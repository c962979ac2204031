package dev.chandlery.config.server;

import dev.chandlery.config.value.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server keeps content and what is known of it.
 *
 * @param folder absolute; empty: that of the primary registry
 * @param database PostgreSQL; empty: SQLite in the storage folder
 * @param s3 object storage; empty: files in the storage folder
 */
public record ServerStorageSpec(Optional<Path> folder, Optional<Database> database,
        Optional<S3> s3) {

    /**
     * A PostgreSQL database.
     *
     * @param url {@code jdbc:postgresql:...} without credentials
     * @param username empty: the driver's default
     * @param password empty: none, or what the driver finds by itself
     * @param connections largest number that are open at a time
     */
    public record Database(String url, Optional<String> username,
            Optional<SecretReference> password, int connections) {}

    /**
     * A bucket.
     *
     * @param bucket its name
     * @param prefix in front of every key: empty, or ends with a slash
     * @param region word that requests are signed with
     * @param access how the bucket is reached
     */
    public record S3(String bucket, String prefix, String region, S3Access access) {
        public Optional<URI> endpoint() {
            return access.endpoint();
        }

        public boolean pathStyle() {
            return access.pathStyle();
        }

        public Optional<S3Keys> keys() {
            return access.keys();
        }
    }

    /**
     * How a bucket is reached.
     *
     * @param endpoint of a service other than AWS
     * @param pathStyle whether the bucket is named in the path, not in the host
     * @param keys empty: what the SDK finds by itself in environment, files and machine
     */
    public record S3Access(Optional<URI> endpoint, boolean pathStyle, Optional<S3Keys> keys) {}

    /**
     * Credentials by reference.
     *
     * @param access the key's id
     * @param secret the key
     */
    public record S3Keys(SecretReference access, SecretReference secret) {}
}
