package dev.chandlery.registry.collect;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digests in files that pin content. Any text will do, a lock file as well as a Dockerfile or a list of
 * checksums: each run of exactly 64 or 128 hexadecimal digits counts. What is found in vain keeps nothing
 * that is here, while a digest that is missed would let go what somebody needs.
 */
public final class LockFiles {
    /** Larger files are taken for a mistake. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final Pattern HEX = Pattern.compile(
            "(?<![0-9a-fA-F])(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{64})(?![0-9a-fA-F])");

    private LockFiles() {}

    /**
     * All digests that the files name.
     *
     * @throws StorageException when one cannot be read or names none: nothing may be taken away then
     */
    public static SortedSet<Digest> read(Collection<Path> files) {
        SortedSet<Digest> all = new TreeSet<>();
        files.forEach(file -> all.addAll(read(file)));
        return Collections.unmodifiableSortedSet(all);
    }

    private static SortedSet<Digest> read(Path file) {
        SortedSet<Digest> digests = new TreeSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (Files.size(file) > MAX_BYTES) {
                throw unusable(file, "expected at most " + MAX_BYTES + " bytes");
            }
            lines.lines().forEach(line -> addAll(line, digests));
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (digests.isEmpty()) {
            throw unusable(file, "it names no digest such as sha256:<64 hexadecimal digits>");
        }
        return digests;
    }

    private static void addAll(String line, SortedSet<Digest> digests) {
        for (Matcher found = HEX.matcher(line); found.find();) {
            String encoded = found.group().toLowerCase(Locale.ROOT);
            digests.add(new Digest(encoded.length() == Algorithm.SHA256.encodedLength()
                    ? Algorithm.SHA256
                    : Algorithm.SHA512, encoded));
        }
    }

    private static StorageException unreadable(Path file, IOException e) {
        if (e instanceof MalformedInputException) {
            return unusable(file, "expected UTF-8 text");
        }
        boolean absent = e instanceof NoSuchFileException;
        return new StorageException("cannot read lock file " + file + ": " + (absent
                ? "no such file"
                : e.getMessage()), e);
    }

    private static StorageException unusable(Path file, String why) {
        return new StorageException("cannot use lock file " + file + ": " + why,
                new IllegalArgumentException(why));
    }
}
