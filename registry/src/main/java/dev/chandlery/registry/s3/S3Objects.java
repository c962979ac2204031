package dev.chandlery.registry.s3;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * The objects below one prefix of a bucket, by their names after the prefix. All methods block, and throw
 * {@link dev.chandlery.oci.StorageException} or, when trying again may help,
 * {@link dev.chandlery.oci.TransferException}.
 */
record S3Objects(S3Client client, String bucket, String prefix) {
    private static final String TYPE = "application/octet-stream";
    /** The service's limit. */
    private static final int MAX_DELETED_AT_ONCE = 1000;

    /** What is known of an object without reading it; {@code name} is without the prefix. */
    record Stat(String name, long size, Instant modified) {}

    Optional<Stat> find(String name) {
        try {
            HeadObjectResponse head = client.headObject(r -> r.bucket(bucket).key(key(name)));
            return Optional.of(new Stat(name, head.contentLength(), head.lastModified()));
        } catch (SdkException e) {
            if (S3Failures.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Failures.of("look at object", key(name), e);
        }
    }

    /** From that byte to the end, which is not at it; the caller closes or aborts it. */
    ResponseInputStream<GetObjectResponse> open(String name, long offset) {
        return call("read", name, () -> client.getObject(r -> r.bucket(bucket)
                .key(key(name))
                .range(offset == 0 ? null : "bytes=" + offset + "-"),
                ResponseTransformer.toInputStream()));
    }

    void put(String name, byte[] buffer, int length) {
        call("write", name, () -> client.putObject(r -> r.bucket(bucket)
                .key(key(name))
                .contentType(TYPE), body(buffer, length)));
    }

    /** The buffer must not change until the call is over; it is sent again when a try fails. */
    static RequestBody body(byte[] buffer, int length) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(buffer, 0, length),
                length, TYPE);
    }

    void delete(String name) {
        call("delete", name, () -> client.deleteObject(r -> r.bucket(bucket).key(key(name))));
    }

    void delete(List<String> names) {
        for (int from = 0; from < names.size(); from += MAX_DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = names.subList(from, Math.min(from + MAX_DELETED_AT_ONCE,
                    names.size()))
                    .stream()
                    .map(name -> ObjectIdentifier.builder().key(key(name)).build())
                    .toList();
            call("delete", names.get(from), () -> client.deleteObjects(r -> r.bucket(bucket)
                    .delete(d -> d.objects(some).quiet(true))));
        }
    }

    /** Visits all objects whose names begin like that, in no order. */
    void visit(String begin, Consumer<Stat> visitor) {
        call("list", begin, () -> {
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(key(begin)))
                    .contents()
                    .forEach(object -> visitor.accept(new Stat(object.key()
                            .substring(prefix
                                    .length()), object.size(), object.lastModified())));
            return begin;
        });
    }

    String key(String name) {
        return prefix + name;
    }

    /** Does the request; its failure is told by that verb. */
    <T> T call(String verb, String name, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failures.of(verb + " object", key(name), e);
        }
    }
}
