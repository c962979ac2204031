package dev.chandlery.registry.collect;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digests in files that pin content. Any text will do, a lock file as well as a Dockerfile or a list of
 * checksums: each run of exactly 64 or 128 hexadecimal digits counts. What is found in vain keeps nothing
 * that is here, while a digest that is missed would let go what somebody needs: so what begins like a digest
 * and is none is refused.
 */
public final class LockFiles {
    /** Larger files are taken for a mistake. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final int MAX_TOLD = 10;
    private static final Pattern BEGIN = Pattern.compile("\\bsha(256|512):([0-9a-zA-Z]+)");
    private static final Pattern HEX = Pattern.compile(
            "(?<![0-9a-fA-F])(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{64})(?![0-9a-fA-F])");

    private LockFiles() {}

    /**
     * All digests that the files name.
     *
     * @throws StorageException when one cannot be read, names none, or has something that is nearly one: nothing
     *     may be taken away then
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
            List<String> problems = new ArrayList<>();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                addAll(line, digests);
                check(line, number, problems);
            }
            if (!problems.isEmpty()) {
                throw unusable(file, String.join("; ", problems));
            }
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

    private static void check(String line, int number, List<String> problems) {
        for (Matcher begin = BEGIN.matcher(line); begin.find() && problems.size() < MAX_TOLD;) {
            int expected = begin.group(1).equals("256") ? 64 : 128;
            String encoded = begin.group(2);
            if (encoded.length() != expected || !HEX.matcher(encoded).matches()) {
                problems.add("line " + number + ": expected " + expected
                        + " hexadecimal digits after sha" + begin.group(1) + ":, got \"" + (encoded
                                .length() > 2 * expected
                                        ? encoded.substring(0, 2 * expected) + "..."
                                        : encoded) + "\"");
            }
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
