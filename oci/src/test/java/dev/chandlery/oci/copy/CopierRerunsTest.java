package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs where some of it, or all, is there. */
@Timeout(120)
final class CopierRerunsTest extends CopyFixture {
    @Test
    void twoQuestionsAreEnoughWhenNothingIsToBeDone() {
        tagged();
        copy();
        source.calls.clear();
        target.calls.clear();
        Copier plain = new Copier(CopyOptions.DEFAULT.withReferrers(false), totals);
        assertThat(plain.copy(CopyRequest.of(source, V1, target))).isInstanceOfSatisfying(
                Copied.class, copied -> assertThat(copied.changed()).isFalse());
        assertThat(source.calls).containsExactly("find v1");
        assertThat(target.calls).containsExactly("tags tools/a", "find v1");
    }

    @Test
    void theTagIsResolvedOnce() {
        Descriptor root = tagged();
        Descriptor moved = Graphs.image(source, "moved");
        AtomicInteger resolved = new AtomicInteger();
        source.onCall((verb, what) -> {
            if (what.equals(V1) && resolved.incrementAndGet() > 1) {
                throw new IllegalStateException("resolved again");
            }
        });
        target.onCall((verb, what) -> {
            if (verb.equals("push")) {
                source.memory.tag(moved, V1);
            }
        });
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied.root()
                .digest()).isEqualTo(root.digest()));
    }

    @Test
    void aRerunSendsOnlyWhatIsMissing() {
        tagged();
        AtomicInteger pushes = new AtomicInteger();
        target.onCall((verb, what) -> {
            if (verb.equals("push") && pushes.incrementAndGet() > 3) {
                throw new TransferException("broken", null, true);
            }
        });
        assertThat(copy()).isInstanceOf(NotCopied.class);
        assertThat(target.memory.find(V1)).isEmpty();
        target.onCall((verb, what) -> {});
        CopyTotals second = new CopyTotals();
        new Copier(CopyOptions.DEFAULT, second).copy(CopyRequest.of(source, V1, target));
        assertThat(totals.sent().blobs() + second.sent().blobs()).isEqualTo(4);
        assertThat(totals.manifests() + second.manifests()).isEqualTo(3);
    }

    @Test
    void withinOneRepositoryOnlyTheTagIsWritten() {
        Descriptor root = tagged();
        Copier copier = copier();
        copier.copy(new CopyRequest(source, V1, source, List.of(new Tag("latest"))));
        assertThat(source.memory.find(new Tag("latest")).map(Descriptor::digest)).contains(root
                .digest());
        assertThat(source.count("push")).isZero();
    }

    @Test
    void aDryRunWritesNothingAndTellsTheSame() {
        tagged();
        CopyTotals dry = new CopyTotals();
        CopyOutcome outcome = new Copier(CopyOptions.DEFAULT, dry).copy(CopyRequest.of(source, V1,
                new DryRunTarget(target)));
        assertThat(outcome).isInstanceOf(Copied.class);
        assertThat(target.count("push") + target.count("tag")).isZero();
        copy();
        assertThat(dry.sent().bytes()).isEqualTo(totals.sent().bytes()).isPositive();
        assertThat(dry.manifests()).isEqualTo(totals.manifests());
    }
}
