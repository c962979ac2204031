package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.copy.CopyOutcome.Copied;
import dev.chandlery.oci.copy.CopyOutcome.NotCopied;
import dev.chandlery.oci.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies while something fails, refuses, changes or competes. */
@Timeout(120)
final class CopierFaultsTest extends CopyFixture {
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
