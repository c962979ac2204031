package dev.chandlery.registry.blob;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Files {@code blobs/<algorithm>/<first two characters>/<encoded>} and {@code uploads/<id>} below one
 * folder. A file under {@code blobs} is absent or complete: it is written and synced under
 * {@code uploads}, then renamed, then its folder is synced. What was found to be rotten is
 * {@code quarantine/<algorithm>-<encoded>}.
 *
 * <p><b>Concurrency:</b> one lock lets content be placed or removed, so that what is placed again while it
 * is about to be removed stays.
 */
public final class FileBlobStorage implements BlobStorage {
    private static final int FAN_OUT_CHARACTERS = 2;

    /** Algorithm, first characters, file. */
    private static final int DEPTH = 3;

    private final Path blobs;
    private final Path uploads;
    private final Path quarantine;
    private final InstantSource clock;
    private final ReentrantLock placing = new ReentrantLock();

    private FileBlobStorage(Path folder, InstantSource clock) {
        this.clock = clock;
        this.blobs = folder.resolve("blobs");
        this.uploads = folder.resolve("uploads");
        this.quarantine = folder.resolve("quarantine");
    }

    /** Storage in that folder, which is made when it is not there. */
    public static FileBlobStorage open(Path folder) {
        return open(folder, InstantSource.system());
    }

    /**
     * The same by another clock.
     *
     * @param clock that content has its age by
     */
    public static FileBlobStorage open(Path folder, InstantSource clock) {
        FileBlobStorage storage = new FileBlobStorage(folder, clock);
        try {
            Files.createDirectories(storage.blobs);
            Files.createDirectories(storage.uploads);
            DurableFiles.syncFolder(folder);
        } catch (IOException e) {
            throw failed("open storage", folder, e);
        }
        return storage;
    }

    /** Storage in that folder for looking only; nothing is made there. */
    public static FileBlobStorage readOnly(Path folder) {
        return new FileBlobStorage(folder, InstantSource.system());
    }

    @Override
    public Optional<StoredBlob> find(Digest digest) {
        Path file = fileOf(digest);
        try {
            return Optional.of(new StoredFile(file, Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    @Override
    public void put(Digest verified, Bytes content) {
        String id = "whole-" + UUID.randomUUID();
        try (StagedBlob staged = stage(id, true).orElseThrow()) {
            staged.append(content.toArray(), content.size());
            staged.commit(verified);
        } finally {
            discard(id);
        }
    }

    @Override
    public Optional<StagedBlob> stage(String id, boolean create) {
        Path file = uploads.resolve(id);
        try {
            return Optional.of(StagedFile.open(file, create, this));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("open upload", file, e);
        }
    }

    @Override
    public void visitCommittedBefore(Instant time, Consumer<Digest> visitor) {
        try {
            OldFiles.visit(blobs, DEPTH, time, file -> digestOf(file).ifPresent(visitor));
        } catch (IOException e) {
            throw failed("list", blobs, e);
        }
    }

    @Override
    public boolean remove(Digest digest, Instant time) {
        Path file = fileOf(digest);
        placing.lock();
        try {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                return false;
            }
            Files.delete(file);
            return true;
        } catch (NoSuchFileException _) {
            return false; // somebody was faster
        } catch (IOException e) {
            throw failed("delete", file, e);
        } finally {
            placing.unlock();
        }
    }

    @Override
    public Optional<String> quarantine(Digest digest, Instant time) {
        Path file = fileOf(digest);
        Path aside = quarantine.resolve(digest.algorithm().label() + "-" + digest.encoded());
        placing.lock();
        try {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                return Optional.empty();
            }
            DurableFiles.makeFolders(quarantine);
            DurableFiles.rename(file, aside);
            return Optional.of(aside.toString());
        } catch (NoSuchFileException _) {
            return Optional.empty(); // somebody was faster
        } catch (IOException e) {
            throw failed("move aside", file, e);
        } finally {
            placing.unlock();
        }
    }

    /** Age counts from now on; to be synced by the caller. */
    void refresh(Path staged) throws IOException {
        Files.setLastModifiedTime(staged, FileTime.from(clock.instant()));
    }

    /** Renames a synced file into place, fresh. */
    void place(Path staged, Digest digest) {
        Path place = fileOf(digest);
        placing.lock();
        try {
            Path folder = place.getParent();
            if (folder != null) {
                DurableFiles.makeFolders(folder);
            }
            DurableFiles.rename(staged, place);
        } catch (IOException e) {
            throw failed("store", place, e);
        } finally {
            placing.unlock();
        }
    }

    @Override
    public void visitStagedBefore(Instant time, Consumer<String> visitor) {
        try {
            OldFiles.visit(uploads, 1, time, file -> visitor.accept(file.getFileName()
                    .toString()));
        } catch (IOException e) {
            throw failed("list", uploads, e);
        }
    }

    @Override
    public void discard(String id) {
        delete(uploads.resolve(id));
    }

    private Path fileOf(Digest digest) {
        return blobs.resolve(digest.algorithm().label())
                .resolve(digest.encoded().substring(0, FAN_OUT_CHARACTERS))
                .resolve(digest.encoded());
    }

    private static Optional<Digest> digestOf(Path file) {
        Path algorithm = file.getParent() == null ? null : file.getParent().getParent();
        return algorithm == null || algorithm.getFileName() == null
                ? Optional.empty()
                : Digest.find(algorithm.getFileName() + ":" + file.getFileName());
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("delete", file, e);
        }
    }

    static StorageException failed(String verb, Path file, IOException cause) {
        String reason = cause.getMessage();
        if (cause instanceof java.nio.file.FileSystemException fs && fs.getReason() != null) {
            reason = fs.getReason();
        }
        return new StorageException("cannot " + verb + " " + file + ": " + reason, cause);
    }

    private record StoredFile(Path file, long size) implements StoredBlob {
        @Override
        public ReadableByteChannel open(long offset) {
            try {
                return FileChannel.open(file, StandardOpenOption.READ).position(offset);
            } catch (IOException e) {
                throw failed("open", file, e);
            }
        }
    }
}
