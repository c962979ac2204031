package dev.chandlery.registry.access;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Users of a file as {@code htpasswd -B} writes it: {@code name:bcrypt} on each line. It is read again when it
 * changes; a change that cannot be read leaves the users as they were, and is logged.
 *
 * <p><b>Concurrency:</b> a permit for each processor bounds how many passwords are hashed at a time, so that
 * guessing does not take all of them.
 */
public final class HtpasswdFile implements UserDirectory {
    private static final System.Logger LOG = System.getLogger(HtpasswdFile.class.getName());
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_TOLD = 10;
    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final Pattern BCRYPT = Pattern.compile(
            "\\$2[aby]\\$(?:0[4-9]|1[0-9])\\$[./A-Za-z0-9]{53}");
    private static final int COST_END = "$2y$10".length();
    /** Salt and hash of no password. */
    private static final String NOBODY = "$abcdefghijklmnopqrstuuQVqMbe0CvgBOjwYVLb1jmDm4XBHjHbi";

    private record Snapshot(Map<String, String> hashes, FileTime modified, long size) {
        /** A hash of nobody, so that unknown users take as long as known ones. */
        String nobody() {
            return hashes.values()
                    .stream()
                    .max(Comparator.comparing(hash -> hash.substring(4, COST_END)))
                    .orElse("$2y$10")
                    .substring(0, COST_END)
                    + NOBODY;
        }
    }

    private final Path file;
    private final Semaphore hashing = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile Snapshot current;

    private HtpasswdFile(Path file, Snapshot current) {
        this.file = file;
        this.current = current;
    }

    /**
     * Reads the file.
     *
     * @throws StorageException when it cannot be read, with the first lines that are wrong
     */
    public static HtpasswdFile open(Path file) {
        return new HtpasswdFile(file, read(file));
    }

    @Override
    public Optional<User> authenticate(String name, String password) {
        Snapshot users = snapshot();
        String hash = users.hashes().get(name);
        boolean right = matches(hash == null ? users.nobody() : hash, password);
        return hash != null && right ? Optional.of(new User(name, Set.of())) : Optional.empty();
    }

    @Override
    public Optional<String> version(String name) {
        return Optional.ofNullable(snapshot().hashes().get(name));
    }

    private boolean matches(String hash, String password) {
        hashing.acquireUninterruptibly();
        try {
            return OpenBSDBCrypt.checkPassword(hash, password.toCharArray());
        } finally {
            hashing.release();
        }
    }

    private Snapshot snapshot() {
        long now = System.nanoTime();
        long before = lookedAt.get();
        if (now - before > LOOK_NANOS && lookedAt.compareAndSet(before, now)) {
            try {
                reloadIfChanged();
            } catch (StorageException e) {
                LOG.log(System.Logger.Level.WARNING, () -> e.getMessage()
                        + "; the users stay as they were");
            }
        }
        return current;
    }

    private void reloadIfChanged() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!now.lastModifiedTime().equals(current.modified()) || now.size() != current
                    .size()) {
                current = read(file);
            }
        } catch (IOException e) {
            throw failed(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Snapshot read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.size() > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            return new Snapshot(parse(file, Files.readAllLines(file)), attributes
                    .lastModifiedTime(), attributes.size());
        } catch (java.nio.file.NoSuchFileException e) {
            throw failed(file, "no such file", e);
        } catch (IOException e) {
            throw failed(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, String> parse(Path file, List<String> lines) {
        Map<String, String> hashes = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon));
            String hash = line.substring(colon + 1);
            if (isReserved(name) || !BCRYPT.matcher(hash)
                    .matches()) {
                problems.add("line " + (i + 1) + " is not a name and a bcrypt hash");
            } else if (hashes.put(name, hash) != null) {
                problems.add("line " + (i + 1) + " names " + name + " again");
            }
        }
        if (!problems.isEmpty()) {
            throw failed(file, told(problems) + "; make entries by: htpasswd -B "
                    + file + " NAME", new IllegalArgumentException("not an htpasswd file"));
        }
        return hashes;
    }

    private static String told(List<String> problems) {
        String first = String.join("; ", problems.subList(0, Math.min(MAX_TOLD, problems.size())));
        return problems.size() > MAX_TOLD
                ? first + "; and " + (problems.size() - MAX_TOLD) + " more"
                : first;
    }

    /** Rules mean others by these. */
    private static boolean isReserved(String name) {
        return name.isEmpty() || name.startsWith("@") || name.equals(AccessRule.ANYBODY) || name
                .equals(AccessRule.USERS);
    }

    private static StorageException failed(Path file, String why, Exception cause) {
        return new StorageException("cannot read users of " + file + ": " + why, cause);
    }
}
