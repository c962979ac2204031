package dev.chandlery.registry.s3;

import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.registry.metadata.StagedChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Puts objects together to one. The service copies those that are large enough for a part; smaller ones
 * are read, and sent again as one part. Some parts are made at a time.
 */
final class S3Assembly {
    /** Each part but the last must have that much, and there may be that many. */
    private static final long MIN_PART_BYTES = 5L * 1024 * 1024;
    private static final int MAX_PARTS = 10_000;
    /** Largest object that is copied at once, and largest part. */
    private static final long MAX_COPY_BYTES = 5L * 1024 * 1024 * 1024;
    private static final long COPY_PART_BYTES = 1024L * 1024 * 1024;
    private static final int PARALLEL = 4;

    private final S3Objects objects;
    private final String target;
    private final Semaphore turns = new Semaphore(PARALLEL);
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
            long minPart = Math.max(MIN_PART_BYTES, total / (MAX_PARTS - 1) + 1);
            inParts(plan(chunks, rest, name, minPart));
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
        List<Part> parts = new ArrayList<>();
        for (long from = 0; from < size; from += COPY_PART_BYTES) {
            String range = "bytes=" + from + "-" + (Math.min(from + COPY_PART_BYTES, size) - 1);
            parts.add(number -> copied(number, source, range));
        }
        inParts(parts);
    }

    /** Makes the part of that number, from 1 on. */
    @FunctionalInterface
    private interface Part {
        CompletedPart make(int number);
    }

    private List<Part> plan(List<StagedChunk> chunks, S3Buffer rest,
            Function<StagedChunk, String> name, long minPart) {
        List<Part> parts = new ArrayList<>();
        List<String> small = new ArrayList<>();
        long smallBytes = 0;
        for (StagedChunk chunk : chunks) {
            if (small.isEmpty() && chunk.size() >= minPart) {
                parts.add(number -> copied(number, name.apply(chunk), ""));
                continue;
            }
            small.add(name.apply(chunk));
            smallBytes += chunk.size();
            if (smallBytes >= minPart) {
                List<String> merged = List.copyOf(small);
                parts.add(number -> merged(number, merged, new byte[0], 0));
                small.clear();
                smallBytes = 0;
            }
        }
        if (!small.isEmpty() || rest.size() > 0) {
            parts.add(number -> merged(number, small, rest.bytes(), rest.size()));
        }
        return parts;
    }

    private void inParts(List<Part> parts) {
        uploadId = objects.call("begin", target, () -> objects.client()
                .createMultipartUpload(r -> r.bucket(objects.bucket()).key(objects.key(target))))
                .uploadId();
        boolean done = false;
        try {
            List<Integer> numbers = IntStream.rangeClosed(1, parts.size()).boxed().toList();
            List<CompletedPart> made = TaskScope.mapAll("s3-part", numbers, number -> inTurn(parts
                    .get(number - 1), number));
            objects.call("complete", target, () -> objects.client()
                    .completeMultipartUpload(r -> r.bucket(objects.bucket())
                            .key(objects.key(target))
                            .uploadId(uploadId)
                            .multipartUpload(m -> m.parts(made))));
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

    private CompletedPart inTurn(Part part, int number) {
        turns.acquireUninterruptibly();
        try {
            return part.make(number);
        } finally {
            turns.release();
        }
    }

    /** @param range empty for all of it */
    private CompletedPart copied(int number, String source, String range) {
        return part(number, objects.call("copy to", target, () -> objects.client()
                .uploadPartCopy(r -> r.sourceBucket(objects.bucket())
                        .sourceKey(objects.key(source))
                        .destinationBucket(objects.bucket())
                        .destinationKey(objects.key(target))
                        .copySourceRange(range.isEmpty() ? null : range)
                        .uploadId(uploadId)
                        .partNumber(number))).copyPartResult().eTag());
    }

    private CompletedPart merged(int number, List<String> sources, byte[] rest, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sources.forEach(source -> read(source, bytes));
        bytes.write(rest, 0, length);
        byte[] content = bytes.toByteArray();
        return part(number, objects.call("write part of", target, () -> objects.client()
                .uploadPart(r -> r.bucket(objects.bucket())
                        .key(objects.key(target))
                        .uploadId(uploadId)
                        .partNumber(number), S3Objects.body(content, content.length))).eTag());
    }

    private static CompletedPart part(int number, String tag) {
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void read(String source, ByteArrayOutputStream to) {
        try (InputStream in = Channels.newInputStream(new S3Channel(objects, source, 0))) {
            in.transferTo(to);
        } catch (IOException e) {
            throw new StorageException("cannot read object " + objects.key(source) + ": " + e
                    .getMessage(), e);
        }
    }
}
