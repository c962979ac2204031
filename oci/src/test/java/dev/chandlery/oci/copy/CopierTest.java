package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Platform;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.LeftOut;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import dev.chandlery.oci.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CopierTest {
    private static final Tag V1 = new Tag("v1");

    private final WatchedStore source = new WatchedStore("source.example", "tools/a");
    private final WatchedStore target = new WatchedStore("target.example", "tools/a");
    private final CopyTotals totals = new CopyTotals();

    private CopyOutcome copy() {
        return copier().copyAll(List.of(CopyRequest.of(source, V1, target))).getFirst();
    }

    private Copier copier() {
        return new Copier(CopyOptions.DEFAULT, totals);
    }

    private Descriptor tagged() {
        Descriptor linux = Graphs.image(source, "linux", "shared");
        Descriptor darwin = Graphs.image(source, "darwin", "shared");
        Descriptor root = Graphs.index(source, linux.withPlatform(Platform.of("linux", "amd64")),
                darwin.withPlatform(Platform.of("darwin", "arm64")));
        Graphs.tag(source, root, "v1");
        source.calls.clear();
        return root;
    }

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
    void anImageThatIsThereIsNotFetchedToFindWhatIsAttachedToIt() {
        Graphs.tag(source, Graphs.image(source, "one"), "v1");
        copy();
        source.calls.clear();
        target.calls.clear();
        copy();
        assertThat(source.calls).containsExactly("find v1");
        assertThat(target.calls).containsExactly("tags tools/a", "find v1");
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
    void oneThatFailsStopsNoOtherAndMovesNoTag() {
        Descriptor lost = Graphs.image(source, "lost", "kept");
        Graphs.tag(source, lost, "bad");
        tagged();
        Descriptor blob = Graphs.blob(new MemoryStore(), "lost");
        source.onCall((verb, what) -> {
            if (verb.equals("fetch") && what.equals(blob.digest())) {
                throw new ContentNotFoundException("gone");
            }
        });
        List<CopyOutcome> outcomes = copier().copyAll(List.of(CopyRequest.of(source, new Tag("bad"),
                target), CopyRequest.of(source, V1, target)));
        assertThat(outcomes.getFirst()).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e
                .failure()).hasMessage("gone"));
        assertThat(outcomes.getLast()).isInstanceOf(Copied.class);
        assertThat(target.memory.find(new Tag("bad"))).isEmpty();
    }

    @Test
    void refusalOfOneRepositoryIsNoRefusalOfAnother() {
        WatchedStore closed = new WatchedStore("target.example", "tools/closed");
        CountDownLatch begun = new CountDownLatch(1);
        closed.onCall((verb, what) -> {
            if (verb.equals("push")) {
                begun.countDown();
                throw new UnauthorizedException("denied");
            }
        });
        tagged();
        List<CopyOutcome> outcomes = copier().copyAll(List.of(CopyRequest.of(source, V1, closed),
                CopyRequest.of(source, V1, target)));
        assertThat(begun.getCount()).isZero();
        assertThat(outcomes.getFirst()).isInstanceOf(NotCopied.class);
        assertThat(outcomes.getLast()).isInstanceOf(Copied.class);
    }

    @Test
    void aTargetThatIsWrongAboutABlobIsSentItOnceMore() {
        tagged();
        Descriptor blob = Graphs.blob(new MemoryStore(), "linux");
        WatchedStore wrong = new WatchedStore("wrong.example", "tools/a") {
            @Override
            public dev.chandlery.oci.content.Pushed push(Descriptor expected,
                    dev.chandlery.oci.content.Content content,
                    dev.chandlery.oci.content.PushHint hint) {
                return expected.digest().equals(blob.digest()) && !hint.resend()
                        ? dev.chandlery.oci.content.Pushed.PRESENT
                        : super.push(expected, content, hint);
            }
        };
        assertThat(copier().copy(CopyRequest.of(source, V1, wrong))).isInstanceOf(Copied.class);
        assertThat(wrong.count("resend", blob.digest())).isEqualTo(1);
        assertThat(wrong.memory.exists(blob)).isTrue();
    }

    @Test
    void referrersAndTheirReferrersComeBeforeTheTag() {
        Descriptor root = tagged();
        Descriptor evidence = Graphs.image(source, root, "evidence");
        Descriptor signature = Graphs.image(source, evidence, "signature of the evidence");
        copy();
        assertThat(target.memory.exists(evidence)).isTrue();
        assertThat(target.memory.exists(signature)).isTrue();
        assertThat(target.calls.indexOf("push " + signature.digest())).isPositive()
                .isLessThan(target.calls.indexOf("tag v1"));
    }

    @Test
    void referrersThatCameLaterAreCopiedToo() {
        Descriptor root = tagged();
        copy();
        Descriptor evidence = Graphs.image(source, root, "evidence");
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied
                .changed()).isTrue());
        assertThat(target.memory.exists(evidence)).isTrue();
        assertThat(copy()).isInstanceOfSatisfying(Copied.class, copied -> assertThat(copied
                .changed()).isFalse());
    }

    @Test
    void aTagThatAnotherClientMovesMeanwhileIsReported() {
        Descriptor root = tagged();
        Descriptor other = Graphs.image(target, "of another client");
        target.onCall((verb, what) -> {
            if (verb.equals("find") && target.calls.contains("tag v1")) {
                target.memory.tag(other, V1);
            }
        });
        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, e -> assertThat(e.failure())
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContainingAll("tag v1", "another client", root.digest().toString(), other
                        .digest()
                        .toString()));
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

    /** As BuildKit makes them. */
    @Test
    void attestationsInAnIndexComeWithTheirImages() {
        Descriptor linux = Graphs.image(source, "linux")
                .withPlatform(Platform.of("linux",
                        "amd64"));
        Descriptor darwin = Graphs.image(source, "darwin")
                .withPlatform(Platform.of("darwin",
                        "arm64"));
        Descriptor ofLinux = attestation(linux);
        Graphs.tag(source, Graphs.index(source, linux, darwin, ofLinux, attestation(darwin)), "v1");
        CopyOptions options = CopyOptions.DEFAULT.withPlatforms(List.of(Platform.of("linux",
                "amd64")));

        new Copier(options.withReferrers(false), totals).copy(CopyRequest.of(source, V1, target));
        assertThat(listed()).containsExactly(linux);
        new Copier(options, totals).copy(CopyRequest.of(source, V1, target));
        assertThat(listed()).containsExactly(linux, ofLinux);
        assertThat(target.exists(darwin)).isFalse();
    }

    private Descriptor attestation(Descriptor image) {
        return Graphs.image(source, "about " + image.digest())
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(new TreeMap<>(Map.of("vnd.docker.reference.digest", image.digest()
                        .toString(), "vnd.docker.reference.type", "attestation-manifest")));
    }

    private List<Descriptor> listed() {
        return ((ImageIndex) Manifests.find(target, V1).orElseThrow().manifest()).manifests();
    }

    @Test
    void whatFailsAtAReferrerSaysSo() {
        Descriptor image = Graphs.image(source, "one");
        Graphs.tag(source, image, "v1");
        Graphs.image(source, image, "lost");
        Descriptor lost = Graphs.blob(new MemoryStore(), "lost");
        source.onCall((verb, what) -> {
            if (verb.equals("fetch") && what.equals(lost.digest())) {
                throw new ContentNotFoundException("cannot fetch " + what + ": not found");
            }
        });

        assertThat(copy()).isInstanceOfSatisfying(NotCopied.class, failed -> assertThat(failed
                .ofReferrers()).isTrue());
        assertThat(target.count("tag")).isZero();
    }

    @Test
    void noRoomForManifestsIsNoDeadlock() {
        Descriptor deep = Graphs.image(source, "deep");
        List<Descriptor> middle = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            middle.add(Graphs.index(source, deep, Graphs.image(source, "of " + i)));
        }
        List<CopyRequest> requests = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Descriptor own = Graphs.image(source, "root " + i);
            List<Descriptor> children = new ArrayList<>(middle);
            children.add(i % 8, own);
            Graphs.tag(source, Graphs.index(source, children.toArray(Descriptor[]::new)), "v" + i);
            requests.add(CopyRequest.of(source, new Tag("v" + i), target));
        }
        Copier tight = new Copier(CopyOptions.DEFAULT.withMemoryBytes(1).withJobs(2), totals);
        assertThat(tight.copyAll(requests)).allMatch(Copied.class::isInstance);
    }

    @Test
    void bothWaysAtOnceIsNoDeadlock() {
        List<CopyRequest> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Graphs.tag(source, Graphs.image(source, "there " + i), "there" + i);
            Graphs.tag(target, Graphs.image(target, "back " + i), "back" + i);
            requests.add(CopyRequest.of(source, new Tag("there" + i), target));
            requests.add(CopyRequest.of(target, new Tag("back" + i), source));
        }
        assertThat(new Copier(CopyOptions.DEFAULT.withJobs(1), totals).copyAll(requests)).allMatch(
                Copied.class::isInstance);
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

    @Test
    void aRegistryThatIsGoneIsNotAskedForEver() {
        AtomicInteger asked = new AtomicInteger();
        target.onCall((verb, what) -> {
            asked.incrementAndGet();
            throw new TransferException("no connection", null, true);
        });
        tagged();
        List<CopyOutcome> outcomes = new Copier(CopyOptions.DEFAULT.withJobs(1), totals).copyAll(
                java.util.Collections.nCopies(500, CopyRequest.of(source, V1, target)));
        assertThat(outcomes).allMatch(NotCopied.class::isInstance);
        assertThat(asked).hasValueLessThan(20);
        assertThat(outcomes.toString()).contains("failed in a row");
    }

    /** Registries answer 500 to who asks for a manifest while two others send it. */
    @Test
    void aManifestThatIsRootAndChildIsSentByOneAtATime() {
        OneAtATime narrow = new OneAtATime();
        List<CopyRequest> requests = IntStream.range(0, 100).boxed().flatMap(i -> {
            Descriptor image = Graphs.image(source, "layer " + i);
            Graphs.tag(source, image, "image" + i);
            Graphs.tag(source, Graphs.index(source, image), "index" + i);
            return Stream.of("index" + i, "image" + i)
                    .map(tag -> CopyRequest.of(source, new Tag(
                            tag), narrow));
        }).toList();
        assertThat(copier().copyAll(requests)).allMatch(Copied.class::isInstance);
        assertThat(narrow.overlaps).isEmpty();
    }

    @Test
    void anInterruptCancelsAll() throws InterruptedException {
        tagged();
        CountDownLatch begun = new CountDownLatch(1);
        target.onCall((verb, what) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("interrupted");
            }
        });
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                copy();
            } catch (OperationCancelledException e) {
                thrown.add(e);
            }
        });
        begun.await();
        thread.interrupt();
        thread.join();
        assertThat(thrown).hasSize(1);
        assertThat(target.memory.find(V1)).isEmpty();
    }

    @Test
    void whatIsMissingIsTold() {
        assertThatThrownBy(() -> copier().copy(CopyRequest.of(source, V1, target)))
                .isInstanceOf(ContentNotFoundException.class)
                .hasMessage("cannot copy v1 from source.example/tools/a: not found");
    }
}
