package dev.chandlery.registry.s3;

import dev.chandlery.oci.OciException;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Parts of objects that were never completed: nobody sees them, and the service charges for them. */
record StaleParts(S3Objects objects) {
    private static final int NOT_IMPLEMENTED = 501;

    /** Ends what was begun before that time; services that keep no list of them are left alone. */
    void abort(Instant before) {
        try {
            List<MultipartUpload> stale = objects.client()
                    .listMultipartUploadsPaginator(r -> r.bucket(objects.bucket())
                            .prefix(objects.prefix()))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.initiated().isBefore(before))
                    .toList();
            stale.forEach(this::abort);
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_IMPLEMENTED) {
                throw failed(e);
            }
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    private OciException failed(SdkException failure) {
        return S3Failures.of("use bucket " + objects.bucket() + " and list", objects.prefix(),
                failure);
    }

    private void abort(MultipartUpload upload) {
        objects.client()
                .abortMultipartUpload(r -> r.bucket(objects.bucket())
                        .key(upload.key())
                        .uploadId(upload.uploadId()));
    }
}
