package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A tar that is made entry by entry, with whatever is wrong about it. */
final class TarSample {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarSample file(String name, Bytes content) {
        return entry(TarEntry.header(name, content.size()), content);
    }

    TarSample file(String name, String content) {
        return file(name, Bytes.ofUtf8(content));
    }

    /** A header as it would be, changed; its checksum is right again. */
    TarSample changed(String name, Bytes content, Consumer<byte[]> change) {
        byte[] header = TarEntry.header(name, content.size());
        change.accept(header);
        sign(header);
        return entry(header, content);
    }

    /** An entry of that type without content, such as a link. */
    TarSample special(String name, char type, String link) {
        return changed(name, Bytes.ofUtf8(""), header -> {
            header[TarEntry.TYPE_AT] = (byte) type;
            text(header, 157, link);
        });
    }

    /** An extended header of these records. */
    TarSample extended(char type, String... records) {
        StringBuilder all = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 3;
            length += Integer.toString(length + 1).length() - 1;
            all.append(length).append(' ').append(record).append('\n');
        }
        return changed("pax", Bytes.ofUtf8(all.toString()),
                header -> header[TarEntry.TYPE_AT] = (byte) type);
    }

    TarSample raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] unended() {
        return out.toByteArray();
    }

    byte[] ended() {
        return raw(new byte[2 * TarEntry.BLOCK_BYTES]).unended();
    }

    Path write(Path file) {
        try {
            return Files.write(file, ended());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    static void sign(byte[] header) {
        text(header, TarEntry.CHECKSUM_AT, "%06o\0 ".formatted(TarEntry.checksum(header)));
    }

    private TarSample entry(byte[] header, Bytes content) {
        out.writeBytes(header);
        out.writeBytes(content.toArray());
        out.writeBytes(new byte[TarEntry.padding(content.size())]);
        return this;
    }
}
