package dev.chandlery.upstream.checksum;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.trust.openpgp.Cleartext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of checksums in any of the usual forms: GNU ({@code hash  name}, {@code hash *name}), BSD
 * ({@code SHA256 (name) = hash}), {@code name: hash}, {@code sha256-} with base64, a bare hash, and what
 * certutil prints; with any line ends, in UTF-8 or UTF-16. Only SHA-256 and SHA-512 count.
 */
public final class ChecksumFile {
    private static final Pattern GNU = Pattern.compile("\\\\?([0-9a-fA-F]{64}|[0-9a-fA-F]{128})"
            + "[ \\t]+\\*?(.+?)");
    private static final Pattern BSD = Pattern.compile("SHA2?-?(256|512)\\s*\\((.+)\\)\\s*=\\s*"
            + "([0-9a-fA-F]{64,128})");
    private static final Pattern NAMED = Pattern.compile("(.+?)\\s*[:=]\\s*"
            + "(?:sha(?:256|512)[:=-])?([0-9a-fA-F]{64}|[0-9a-fA-F]{128})");
    private static final Pattern BARE = Pattern.compile("(?:sha(?:256|512)[:=-])?"
            + "([0-9a-fA-F]{64}|[0-9a-fA-F]{128})");
    private static final Pattern INTEGRITY = Pattern.compile(
            "sha(256|512)-([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)(?:[ \\t]+\\*?(.+))?");
    private static final Pattern SPACED = Pattern.compile(
            "(?:[0-9a-fA-F]{2} ){31,63}[0-9a-fA-F]{2}");

    /** Certutil's first line names the file, its second one is the hash. */
    private static final Pattern CERTUTIL = Pattern.compile("SHA(?:256|512) [^:]*? (\\S+):");
    /** Longer lines are no checksums, and would take the expressions above for ever. */
    private static final int MAX_LINE = 4096;

    private final List<String> lines;

    private ChecksumFile(List<String> lines) {
        this.lines = lines;
    }

    /**
     * Reads a file; of one that is signed in clear text (OpenPGP) only what the signature is around.
     *
     * @throws MalformedContentException when it only begins as such a file
     */
    public static ChecksumFile parse(Bytes file) {
        Bytes content = Cleartext.find(file, "checksum file").map(Cleartext::text).orElse(file);
        String text = new String(content.toArray(), charset(content.toArray()));
        String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
        return new ChecksumFile(unmarked.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.length() <= MAX_LINE)
                .toList());
    }

    /**
     * The strongest of {@link #findAll}.
     *
     * @throws MalformedContentException when there are several that differ
     */
    public Optional<Digest> find(String fileName, List<Algorithm> counted) {
        return findAll(fileName, counted).stream()
                .max(Comparator.comparingInt((Digest digest) -> digest.encoded().length()));
    }

    /**
     * Checksums of a file, one of each algorithm that is there: of the lines that name it, else the only ones
     * of a file without names. All of them must be right.
     *
     * @param fileName last component of its path
     * @param counted algorithms that count; checksums of others are passed over
     * @throws MalformedContentException when there are several of one algorithm that differ
     */
    public Set<Digest> findAll(String fileName, List<Algorithm> counted) {
        Set<Digest> named = new LinkedHashSet<>();
        Set<Digest> bare = new LinkedHashSet<>();
        for (String line : lines) {
            named(line, fileName).filter(d -> counted.contains(d.algorithm()))
                    .ifPresent(named::add);
            bare(line).filter(d -> counted.contains(d.algorithm())).ifPresent(bare::add);
        }
        Set<Digest> found = named.isEmpty() && !namesOthers(fileName) ? bare : named;
        long algorithms = found.stream().map(Digest::algorithm).distinct().count();
        if (found.size() > algorithms) {
            throw new MalformedContentException("cannot read checksum of " + fileName
                    + ": several that differ: " + found);
        }
        return found;
    }

    /** Whether there are names, so that a hash without one is not the wanted one. */
    private boolean namesOthers(String fileName) {
        return lines.stream().anyMatch(line -> {
            Matcher certutil = CERTUTIL.matcher(line);
            return isNamed(line) || (certutil.matches() && certutil.group(1).indexOf('.') > 0
                    && !isFile(certutil.group(1), fileName));
        });
    }

    private static boolean isNamed(String line) {
        Matcher integrity = INTEGRITY.matcher(line);
        return GNU.matcher(line).matches() || BSD.matcher(line).matches() || (integrity.matches()
                && integrity.group(3) != null);
    }

    private static Optional<Digest> named(String line, String fileName) {
        Matcher integrity = INTEGRITY.matcher(line);
        if (integrity.matches()) {
            return Optional.ofNullable(integrity.group(3))
                    .filter(name -> isFile(name, fileName))
                    .flatMap(_ -> integrity(integrity));
        }
        Matcher gnu = GNU.matcher(line);
        if (gnu.matches()) {
            return digest(gnu.group(1)).filter(_ -> isFile(gnu.group(2), fileName));
        }
        Matcher bsd = BSD.matcher(line);
        if (bsd.matches()) {
            return digest(bsd.group(3)).filter(d -> isFile(bsd.group(2), fileName)
                    && d.algorithm().label().endsWith(bsd.group(1)));
        }
        Matcher other = NAMED.matcher(line);
        return other.matches()
                ? digest(other.group(2)).filter(_ -> isFile(other.group(1), fileName))
                : Optional.empty();
    }

    private static Optional<Digest> bare(String line) {
        Matcher integrity = INTEGRITY.matcher(line);
        if (integrity.matches()) {
            return integrity.group(3) == null ? integrity(integrity) : Optional.empty();
        }
        Matcher bare = BARE.matcher(line);
        if (bare.matches()) {
            return digest(bare.group(1));
        }
        return SPACED.matcher(line).matches() ? digest(line.replace(" ", "")) : Optional.empty();
    }

    /** Names in checksum files may have a folder in front. */
    private static boolean isFile(String named, String fileName) {
        String name = named.replace('\\', '/').strip();
        return name.equals(fileName) || name.endsWith("/" + fileName);
    }

    /** In base64, as web pages and npm write it. */
    private static Optional<Digest> integrity(Matcher matcher) {
        byte[] hash = Base64.getDecoder().decode(matcher.group(2));
        return digest(HexFormat.of().formatHex(hash)).filter(d -> d.algorithm()
                .label()
                .endsWith(
                        matcher.group(1)));
    }

    private static Optional<Digest> digest(String hex) {
        return switch (hex.length()) {
            case 64 -> Optional.of(new Digest(Algorithm.SHA256, hex.toLowerCase(Locale.ROOT)));
            case 128 -> Optional.of(new Digest(Algorithm.SHA512, hex.toLowerCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }

    private static Charset charset(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }
}
