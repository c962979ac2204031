package dev.chandlery.registry.s3;

import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.metadata.StagedChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Puts objects together to one. The service copies those that are large enough for a part; smaller ones
 * are read, and sent again as one part.
 */
final class S3Assembly {
    /** Each part but the last must have that much, and there may be that many. */
    private static final long MIN_PART_BYTES = 5L * 1024 * 1024;
    private static final int MAX_PARTS = 10_000;
    /** Largest object that is copied at once, and largest part. */
    private static final long MAX_COPY_BYTES = 5L * 1024 * 1024 * 1024;
    private static final long COPY_PART_BYTES = 1024L * 1024 * 1024;

    private final S3Objects objects;
    private final String target;
    private final List<CompletedPart> parts = new ArrayList<>();
    private String uploadId = "";

    S3Assembly(S3Objects objects, String target) {
        this.objects = objects;
        this.target = target;
    }

    /**
     * Makes the target of the chunks and what follows them.
     *
     * @param name of a chunk's object
     * @param total size in bytes of all
     */
    void of(List<StagedChunk> chunks, S3Buffer rest, Function<StagedChunk, String> name,
            long total) {
        if (chunks.isEmpty()) {
            objects.put(target, rest.bytes(), rest.size());
        } else if (chunks.size() == 1 && rest.size() == 0) {
            copy(name.apply(chunks.getFirst()), total);
        } else if (total <= S3Buffer.MAX_BYTES) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream((int) total);
            chunks.forEach(chunk -> read(name.apply(chunk), whole));
            whole.write(rest.bytes(), 0, rest.size());
            objects.put(target, whole.toByteArray(), whole.size());
        } else {
            inParts(() -> addAll(chunks, rest, name, Math.max(MIN_PART_BYTES, total / (MAX_PARTS
                    - 1) + 1)));
        }
    }

    /** Makes the target a copy of that object. */
    void copy(String source, long size) {
        if (size <= MAX_COPY_BYTES) {
            objects.call("copy", target, () -> objects.client()
                    .copyObject(r -> r.sourceBucket(objects.bucket())
                            .sourceKey(objects.key(source))
                            .destinationBucket(objects.bucket())
                            .destinationKey(objects.key(target))));
            return;
        }
        inParts(() -> {
            for (long from = 0; from < size; from += COPY_PART_BYTES) {
                long last = Math.min(from + COPY_PART_BYTES, size) - 1;
                addCopy(source, "bytes=" + from + "-" + last);
            }
        });
    }

    private void addAll(List<StagedChunk> chunks, S3Buffer rest,
            Function<StagedChunk, String> name, long minPart) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        for (StagedChunk chunk : chunks) {
            if (small.size() == 0 && chunk.size() >= minPart) {
                addCopy(name.apply(chunk), "");
                continue;
            }
            read(name.apply(chunk), small);
            if (small.size() >= minPart) {
                addBytes(small);
            }
        }
        small.write(rest.bytes(), 0, rest.size());
        if (small.size() > 0) {
            addBytes(small);
        }
    }

    private void inParts(Runnable adding) {
        uploadId = objects.call("begin", target, () -> objects.client()
                .createMultipartUpload(r -> r.bucket(objects.bucket()).key(objects.key(target))))
                .uploadId();
        boolean done = false;
        try {
            adding.run();
            objects.call("complete", target, () -> objects.client()
                    .completeMultipartUpload(r -> r.bucket(objects.bucket())
                            .key(objects.key(target))
                            .uploadId(uploadId)
                            .multipartUpload(m -> m.parts(parts))));
            done = true;
        } finally {
            if (!done) {
                objects.call("abort", target, () -> objects.client()
                        .abortMultipartUpload(r -> r.bucket(objects.bucket())
                                .key(objects.key(target))
                                .uploadId(uploadId)));
            }
        }
    }

    private void addCopy(String source, String range) {
        int number = parts.size() + 1;
        String tag = objects.call("copy to", target, () -> objects.client()
                .uploadPartCopy(r -> r.sourceBucket(objects.bucket())
                        .sourceKey(objects.key(source))
                        .destinationBucket(objects.bucket())
                        .destinationKey(objects.key(target))
                        .copySourceRange(range.isEmpty() ? null : range)
                        .uploadId(uploadId)
                        .partNumber(number))).copyPartResult().eTag();
        parts.add(part(number, tag));
    }

    private void addBytes(ByteArrayOutputStream bytes) {
        int number = parts.size() + 1;
        byte[] content = bytes.toByteArray();
        bytes.reset();
        String tag = objects.call("write part of", target, () -> objects.client()
                .uploadPart(r -> r.bucket(objects.bucket())
                        .key(objects.key(target))
                        .uploadId(uploadId)
                        .partNumber(number), S3Objects.body(content, content.length))).eTag();
        parts.add(part(number, tag));
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void read(String source, ByteArrayOutputStream to) {
        try (InputStream in = objects.open(source, 0)) {
            in.transferTo(to);
        } catch (IOException e) {
            throw new StorageException("cannot read object " + objects.key(source) + ": " + e
                    .getMessage(), e);
        }
    }
}
