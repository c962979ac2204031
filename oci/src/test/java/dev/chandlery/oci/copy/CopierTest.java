package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.LeftOut;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is copied, and with how few requests. */
@Timeout(120)
final class CopierTest extends CopyFixture {
    @Test
    void copiesTheGraphToTheByteAndTheTagLast() {
        Descriptor root = tagged();
        assertThat(copy()).isEqualTo(new Copied(CopyRequest.of(source, V1, target), root, true));
        assertThat(target.calls.indexOf("tag v1")).isGreaterThan(target.calls.lastIndexOf(
                target.calls.stream().filter(c -> c.startsWith("push")).toList().getLast()));
        assertThat(target.calls).last().isEqualTo("find v1");
        assertThat(Manifests.find(target, V1)).isEqualTo(Manifests.find(source, V1));
        assertThat(totals.sent().blobs()).isEqualTo(4);
        assertThat(totals.manifests()).isEqualTo(3);
        assertThat(totals.tags()).isEqualTo(1);
    }

    @Test
    void asksForNothingThatIsKnown() {
        tagged();
        copy();
        // The root by its tag, two manifests, three layers and the config; nothing twice.
        assertThat(source.calls.stream().filter(c -> !c.startsWith("tags"))).hasSize(7);
        assertThat(target.count("exists")).isZero();
        assertThat(target.count("push")).isEqualTo(6);
    }

    @Test
    void sharedContentIsFetchedOnceAcrossManyArtifacts() {
        List<CopyRequest> requests = IntStream.range(0, 40).mapToObj(i -> {
            Graphs.tag(source, Graphs.image(source, "shared by all", "own " + i), "v" + i);
            return CopyRequest.of(source, new Tag("v" + i), target);
        }).toList();
        source.calls.clear();
        assertThat(copier().copyAll(requests)).allMatch(Copied.class::isInstance);
        // Each root, its own layer, and two blobs that all have.
        assertThat(source.count("fetch")).isEqualTo(40 + 2);
        assertThat(source.count("get")).isEqualTo(40);
    }

    @Test
    void otherRepositoriesOfTheTargetMount() {
        WatchedStore other = new WatchedStore("target.example", "tools/b");
        tagged();
        Copier copier = copier();
        copier.copyAll(List.of(CopyRequest.of(source, V1, target), CopyRequest.of(source, V1,
                other)));
        assertThat(totals.mounted().blobs()).isEqualTo(4);
        assertThat(totals.sent().blobs()).isEqualTo(4);
    }

    @Test
    void platformsAreLeftOut() {
        Descriptor root = tagged();
        Copier linux = new Copier(CopyOptions.DEFAULT.withPlatforms(List.of(Platform.of("linux",
                "amd64"))), totals);
        CopyOutcome outcome = linux.copy(CopyRequest.of(source, V1, target));
        assertThat(outcome).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied.root()
                .digest()).isNotEqualTo(root.digest()));
        assertThat(totals.sent().blobs()).isEqualTo(3);
        Copier again = new Copier(CopyOptions.DEFAULT.withPlatforms(List.of(Platform.of("linux",
                "amd64"))), totals);
        assertThat(again.copy(CopyRequest.of(source, V1, target))).isInstanceOfSatisfying(
                Copied.class, copied -> assertThat(copied.changed()).isFalse());
        Copier windows = new Copier(CopyOptions.DEFAULT.withPlatforms(List.of(Platform.of("windows",
                "amd64"))), totals);
        assertThat(windows.copy(CopyRequest.of(source, V1, target))).isInstanceOf(LeftOut.class);
    }
}
