package dev.chandlery.config.edit;

import dev.chandlery.config.yaml.YamlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;

/** A file that is read whole, and replaced whole or not at all. */
final class EditedFile {

    private static final Set<PosixFilePermission> WRITE = Set.of(PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private EditedFile() {}

    /** @throws ConfigEditException when it cannot be read, or is no text in UTF-8 */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlSource.MAX_BYTES + 1);
            if (bytes.length > YamlSource.MAX_BYTES) {
                throw new ConfigEditException(file, "it is larger than " + YamlSource.MAX_BYTES
                        + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new ConfigEditException(file, "it is not UTF-8");
        } catch (IOException e) {
            throw new ConfigEditException(file, e.toString());
        }
    }

    /** @throws ConfigEditException when the file would be too large to be read */
    static void requireSize(Path file, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > YamlSource.MAX_BYTES) {
            throw new ConfigEditException(file, "it would be " + size + " bytes, and at most "
                    + YamlSource.MAX_BYTES + " are read");
        }
    }

    /**
     * Writes beside the file, and renames; where the file is a link, what it leads to.
     *
     * @throws ConfigEditException when it no longer is what it was, or cannot be written
     */
    static void replace(Path file, String before, String after) {
        if (!read(file).equals(before)) {
            throw new ConfigEditException(file, "it was changed meanwhile");
        }
        requireWritable(file);
        try {
            Path real = file.toRealPath();
            Path fresh = Files.createTempFile(Objects.requireNonNull(real.getParent()), "."
                    + real.getFileName() + "-", ".new");
            try {
                write(fresh, after);
                copyMode(real, fresh);
                Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new ConfigEditException(file, e.toString());
        }
    }

    /**
     * A file that nobody may write is left alone, though one could put another in its place.
     *
     * @throws ConfigEditException when it is such a file
     */
    static void requireWritable(Path file) {
        try {
            boolean readOnly = Files.getFileAttributeView(file,
                    PosixFileAttributeView.class) != null
                    && Collections.disjoint(Files.getPosixFilePermissions(file), WRITE);
            if (readOnly || !Files.isWritable(file)) {
                throw new ConfigEditException(file, "it is read-only");
            }
        } catch (IOException e) {
            throw new ConfigEditException(file, e.toString());
        }
    }

    private static void write(Path fresh, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void copyMode(Path from, Path to) throws IOException {
        if (Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
