package dev.chandlery.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Recorded;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class UsedBlobsTest {
    private static final RepositoryName A = new RepositoryName("a");
    private static final Digest BLOB = Bytes.ofUtf8("x").digest();

    @Test
    void findsWhatIsThereWhereNothingCanBeWritten() {
        UsedBlobs used = new UsedBlobs(new FullDisk(), Clock.systemUTC(), Duration.ofHours(6));
        assertThat(used.find(A, BLOB)).hasValue(1);
    }

    /** Takes no writes. */
    private record FullDisk() implements BlobMembers {
        @Override
        public OptionalLong find(RepositoryName repository, Digest digest) {
            return OptionalLong.of(1);
        }

        @Override
        public OptionalLong use(RepositoryName repository, Digest digest, Instant touchedBefore,
                Instant now) {
            throw full();
        }

        @Override
        public boolean mount(RepositoryName from, RepositoryName to, Digest digest,
                Recorded recorded) {
            throw full();
        }

        @Override
        public boolean remove(RepositoryName repository, Digest digest) {
            throw full();
        }

        @Override
        public List<RepositoryName> holders(Digest digest, List<NameRange> among, int limit) {
            return List.of(A);
        }

        private static StorageException full() {
            return new StorageException("cannot write", new IOException("No space left on device"));
        }
    }
}
