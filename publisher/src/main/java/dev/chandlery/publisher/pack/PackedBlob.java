package dev.chandlery.publisher.pack;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;

/**
 * A blob that is ready to be pushed.
 *
 * @param descriptor as the manifest has it
 * @param content may be opened as often as needed, as long as the folder it was packed in is there
 */
public record PackedBlob(Descriptor descriptor, Content content) {

    /** Small content that is in memory. */
    public static PackedBlob of(MediaType type, Bytes bytes) {
        return new PackedBlob(Descriptor.of(type, bytes), Content.of(bytes));
    }
}
