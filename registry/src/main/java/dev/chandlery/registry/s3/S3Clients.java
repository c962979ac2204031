package dev.chandlery.registry.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The connection to the service. */
final class S3Clients {
    private S3Clients() {}

    /** A new client; the caller closes it. */
    static S3Client of(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings.login()))
                // Checksums beyond the signature's are not known to all services; digests are ours anyway.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Bodies are in memory and small, so one signature does, and nobody is asked whether to send them.
                // Signed in chunks they end with bytes that some services leave unread.
                .serviceConfiguration(s -> s.chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false))
                .httpClientBuilder(_ -> new S3HttpClient());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(@Nullable S3Login login) {
        return login == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(login.accessKeyId(),
                        login.secretAccessKey()));
    }
}
