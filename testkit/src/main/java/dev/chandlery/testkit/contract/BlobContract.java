package dev.chandlery.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.testkit.Samples;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Blobs: what is pushed is what comes back, and nothing else is ever there. */
public interface BlobContract extends Subject {

    @Test
    default void blobComesBackByteForByte() {
        Bytes bytes = Samples.bytes(1, 70_001);
        Descriptor blob = Samples.pushBlob(target(), bytes);

        assertThat(target().exists(blob)).isTrue();
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @Test
    default void emptyBlobIsABlob() {
        Descriptor blob = Samples.pushBlob(target(), Bytes.of(new byte[0]));

        assertThat(target().exists(blob)).isTrue();
        assertThat(Samples.fetch(target(), blob).size()).isZero();
    }

    @Test
    default void blobIsAddressedBySha512() {
        assume(Shortcoming.NO_SHA512);
        Bytes bytes = Samples.bytes(2, 3_000);
        Descriptor blob = Samples.blob(bytes, Algorithm.SHA512);
        assertThat(target().exists(blob)).isFalse();

        target().push(blob, Content.of(bytes));

        assertThat(target().exists(blob)).isTrue();
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @Test
    default void absentBlobIsNotFound() {
        Descriptor blob = Samples.blob(Samples.bytes(3, 10));

        assertThat(target().exists(blob)).isFalse();
        assertThatThrownBy(() -> Samples.fetch(target(), blob)).isInstanceOf(
                ContentNotFoundException.class).hasMessageContaining(blob.digest().toString());
    }

    @Test
    default void wrongBytesAreRefused() {
        refuses(Samples.blob(Samples.bytes(4, 500)), Samples.bytes(5, 500));
    }

    @Test
    default void truncatedBytesAreRefused() {
        refuses(Samples.blob(Samples.bytes(6, 500)), Bytes.of(Arrays.copyOf(Samples.bytes(
                6, 500).toArray(), 499)));
    }

    @Test
    default void bytesAfterTheEndAreRefused() {
        refuses(Samples.blob(Samples.bytes(7, 500)), Bytes.of(Arrays.copyOf(Samples.bytes(
                7, 500).toArray(), 501)));
    }

    @Test
    default void wrongBytesForTheEmptyBlobAreRefused() {
        refuses(Samples.blob(Bytes.of(new byte[0])), Bytes.ofUtf8("x"));
    }

    @Test
    default void brokenSourceStoresNothing() {
        Bytes bytes = Samples.bytes(8, 200_000);
        Descriptor blob = Samples.blob(bytes);

        assertThatThrownBy(() -> target().push(blob, breakingAfter(bytes, 150_000))).isInstanceOf(
                OciException.class);

        assertThat(target().exists(blob)).isFalse();
        target().push(blob, Content.of(bytes));
        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @Test
    default void pushOfWhatIsThereSucceeds() {
        Bytes bytes = Samples.bytes(9, 1_000);
        Descriptor blob = Samples.pushBlob(target(), bytes);

        target().push(blob, Content.of(bytes));
        target().push(Descriptor.of(new MediaType("application/vnd.other"), blob.digest(), blob
                .size()), Content.of(bytes));

        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    @Test
    default void sizeOfTheDescriptorIsChecked() {
        Bytes bytes = Samples.bytes(10, 1_000);
        Descriptor blob = Samples.pushBlob(target(), bytes);

        for (long size : new long[]{999, 1_001, 0}) {
            Descriptor other = Descriptor.of(blob.mediaType(), blob.digest(), size);
            assertThatThrownBy(() -> Samples.fetch(target(), other)).isInstanceOf(
                    ContentMismatchException.class);
        }
    }

    @Test
    default void streamMayBeClosedEarly() throws IOException {
        Bytes bytes = Samples.bytes(11, 3_000_000);
        Descriptor blob = Samples.pushBlob(target(), bytes);

        for (int i = 0; i < 5; i++) {
            try (InputStream in = target().fetch(blob)) {
                assertThat(in.readNBytes(10)).hasSize(10);
            }
        }

        assertThat(Samples.fetch(target(), blob)).isEqualTo(bytes);
    }

    private void refuses(Descriptor blob, Bytes wrong) {
        assertThatThrownBy(() -> target().push(blob, Content.of(wrong))).isInstanceOf(
                ContentMismatchException.class);
        assertThat(target().exists(blob)).isFalse();
        assertThatThrownBy(() -> Samples.fetch(target(), blob)).isInstanceOf(
                ContentNotFoundException.class);
    }

    private static Content breakingAfter(Bytes bytes, int count) {
        return () -> {
            InputStream in = bytes.openStream();
            return new FilterInputStream(in) {
                private int left = count;

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (left == 0) {
                        throw new IOException("the source broke");
                    }
                    int n = in.read(buffer, offset, Math.min(length, left));
                    left -= n;
                    return n;
                }
            };
        };
    }
}
