package dev.chandlery.registry.s3;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What failures of S3 mean; the client has tried again by then where that may help. */
final class S3Failures {
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private S3Failures() {}

    static boolean isNotFound(SdkException failure) {
        return failure instanceof S3Exception s3 && s3.statusCode() == NOT_FOUND;
    }

    static OciException of(String verb, String key, SdkException failure) {
        if (failure instanceof AbortedException) {
            return new OperationCancelledException("cannot " + verb + " " + key
                    + ": interrupted");
        }
        String message = "cannot " + verb + " " + key + ": " + failure.getMessage();
        boolean passing = failure instanceof S3Exception s3
                ? s3.statusCode() >= SERVER_ERROR || s3.statusCode() == TOO_MANY_REQUESTS
                : failure.retryable() || failure.getCause() instanceof IOException;
        return passing
                ? new TransferException(message, failure, true)
                : new StorageException(message, failure);
    }
}
