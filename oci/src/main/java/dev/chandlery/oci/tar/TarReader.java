package dev.chandlery.oci.tar;

import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the entries of a tar from the first to the last, reading headers only. What programs read in
 * different ways (sizes of links, global names) is refused, as is an archive that ends before its end mark.
 *
 * <p><b>Spec:</b> POSIX.1-2017, pax, ustar Interchange Format and pax Extended Header; GNU tar's long names
 * and binary sizes.
 */
public final class TarReader {
    private static final int MAX_ENTRIES = 500_000;
    private static final int MAX_EXTENSION_BYTES = 1024 * 1024;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    private static final int SIZE_BYTES = 12;
    private static final int MAGIC_AT = 257;

    private final RandomReads file;
    private final String name;
    private final byte[] block = new byte[TarEntry.BLOCK_BYTES];
    private long position;
    private int entries;
    private @Nullable String longName;
    private @Nullable PaxRecords pax;

    /**
     * One entry.
     *
     * @param name as it is written there
     * @param type {@code 0} for files; see the specification
     */
    public record Entry(String name, char type, Region region) {

        /** Whether it is a plain file, whose content is written as it is. */
        public boolean isFile() {
            return type == '0';
        }
    }

    /** @param name of the archive, for messages */
    public TarReader(RandomReads file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * The next entry, empty behind the last one.
     *
     * @throws MalformedContentException when the archive is truncated or no tar
     */
    public Optional<Entry> next() throws IOException {
        long start = position;
        while (readBlock()) {
            if (++entries > MAX_ENTRIES) {
                throw new LimitExceededException("cannot read " + name + ": it has more than "
                        + MAX_ENTRIES + " entries");
            }
            Optional<Entry> entry = entry(start);
            if (entry.isPresent()) {
                return entry;
            }
        }
        if (longName != null || pax != null) {
            throw malformed("it ends behind an extended header");
        }
        return Optional.empty();
    }

    /** A header into the block; not at the end mark. */
    private boolean readBlock() throws IOException {
        int n = file.readFully(position, block);
        if (n < TarEntry.BLOCK_BYTES) {
            throw malformed("it is truncated: no end mark before byte " + (position + n));
        }
        long sum = TarEntry.checksum(block);
        if (sum == TarEntry.CHECKSUM_BYTES * ' ' && block[0] == 0) {
            return false;
        }
        long expected = TarNumbers.read(block, TarEntry.CHECKSUM_AT, TarEntry.CHECKSUM_BYTES);
        if (expected != sum) {
            throw malformed(position == 0
                    ? Compressions.find(block)
                            .map(c -> "it is compressed by " + c + "; unpack it first")
                            .orElse("it is no tar")
                    : "no header of an entry at byte " + position);
        }
        return true;
    }

    /** Empty for a header that only says something about the next one. */
    private Optional<Entry> entry(long start) throws IOException {
        char type = type();
        long size = size(type);
        Region region = new Region(start, position + TarEntry.BLOCK_BYTES, size);
        if (size < 0 || size > file.size() - region.content()) {
            throw malformed("it is truncated, or the size of an entry is wrong: " + size
                    + " bytes at byte " + region.content() + " of " + file.size());
        }
        position = region.end();
        switch (type) {
            case 'x' -> pax = PaxRecords.parse(extension(region), name);
            case 'g' -> PaxRecords.parse(extension(region), name).requireHarmless();
            case 'L' -> longName = text(extension(region), 0, (int) size);
            case 'K' -> extension(region);
            default -> {
                return Optional.of(finish(type, region));
            }
        }
        return Optional.empty();
    }

    private char type() {
        char type = (char) (block[TarEntry.TYPE_AT] & 0xff);
        return type == 0 || type == '7' ? '0' : type;
    }

    private long size(char type) {
        PaxRecords records = pax;
        long written = TarNumbers.read(block, TarEntry.SIZE_AT, SIZE_BYTES);
        boolean extension = "xgLK".indexOf(type) >= 0;
        long size = records == null || extension ? written : records.size().orElse(written);
        if (type >= '1' && type <= '6' && size != 0) {
            throw malformed("a link, folder or device with content at byte " + position);
        }
        return size;
    }

    private Entry finish(char type, Region region) {
        PaxRecords records = pax;
        String own = longName != null ? longName : ownName();
        String path = records == null ? own : records.path().orElse(own);
        boolean sparse = records != null && records.sparse();
        longName = null;
        pax = null;
        return new Entry(path, sparse ? 'S' : type, region);
    }

    private byte[] extension(Region region) throws IOException {
        if (region.size() > MAX_EXTENSION_BYTES) {
            throw new LimitExceededException("cannot read " + name + ": an extended header of "
                    + region.size() + " bytes, at most " + MAX_EXTENSION_BYTES + " are read");
        }
        byte[] bytes = new byte[(int) region.size()];
        file.readFully(region.content(), bytes);
        return bytes;
    }

    private String ownName() {
        String own = text(block, 0, TarEntry.NAME_BYTES);
        // GNU's magic has a space where POSIX has a zero; its archives have no prefix there.
        boolean posix = text(block, MAGIC_AT, SIZE_BYTES).equals("ustar");
        String prefix = posix ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
        return prefix.isEmpty() ? own : prefix + "/" + own;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private MalformedContentException malformed(String why) {
        return new MalformedContentException("cannot read " + name + ": " + why);
    }
}
