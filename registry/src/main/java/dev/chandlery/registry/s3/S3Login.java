package dev.chandlery.registry.s3;

import java.util.Objects;

/**
 * Who we are to S3.
 *
 * @param accessKeyId name of the key
 * @param secretAccessKey the key; never shown
 */
public record S3Login(String accessKeyId, String secretAccessKey) {

    public S3Login {
        Objects.requireNonNull(accessKeyId);
        Objects.requireNonNull(secretAccessKey);
    }

    @Override
    public String toString() {
        return "S3Login[" + accessKeyId + "]";
    }
}
