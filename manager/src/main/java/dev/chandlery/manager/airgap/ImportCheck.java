package dev.chandlery.manager.airgap;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.Sizes;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.manager.transfer.Guard;
import dev.chandlery.manager.transfer.TransferPlan;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.copy.PlatformChoice;
import dev.chandlery.oci.store.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all that is going to be imported before anything is written: every manifest is there, every blob
 * has its digest, what was left out of the layout, as the target should have it, is at the target, and
 * signatures are good where the configuration asks for them.
 */
final class ImportCheck {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int REQUESTS = 16;
    private static final int MOST_SHOWN = 20;

    private final ImportPlace place;
    private final Guard guard;
    private final SelectionSpec what;
    private final PlatformChoice choice;
    private final Progress.Item progress;
    private final LongAdder read = new LongAdder();
    private final SortedSet<String> problems = new ConcurrentSkipListSet<>();
    /** Blobs, and the paths of the repositories that need them. */
    private final Map<Digest, Needed> blobs = new TreeMap<>();

    private record Needed(Descriptor blob, SortedSet<String> paths) {}

    /** @param progress is told the bytes that are read */
    ImportCheck(ImportPlace place, Guard guard, SelectionSpec what, Progress.Item progress) {
        this.place = place;
        this.guard = guard;
        this.what = what;
        this.choice = new PlatformChoice(what.platforms()
                .stream()
                .map(PlatformName::platform)
                .toList(), what.referrers());
        this.progress = progress;
    }

    /**
     * Reads all of it; what the target has in another repository than it is needed in is borrowed from there.
     *
     * @throws CommandException with what is wrong
     */
    void run(TransferPlan plan) {
        plan.unread()
                .forEach(unread -> problems.add(unread.path() + ": " + unread.cause()
                        .getMessage()));
        Map<String, Target> targets = new TreeMap<>();
        for (TransferPlan.Repository repository : plan.repositories()) {
            targets.put(repository.path(), repository.target());
            walk(repository);
        }
        List<Needed> here = blobs.values().stream().filter(this::isHere).toList();
        long all = here.stream().mapToLong(needed -> needed.blob().size()).sum();
        progress.step("verify", all);
        progress.tell(() -> Sizes.bytes(read.sum()) + " of " + Sizes.bytes(all) + " compared");
        each(here, Runtime.getRuntime().availableProcessors(), needed -> verify(needed.blob()));
        blobs.values().forEach(this::checkSize);
        refuse("nothing was written, as it is damaged or not whole", null);
        List<Needed> leftOut = blobs.values().stream().filter(n -> !isHere(n)).toList();
        progress.step("look at the target", -1);
        each(leftOut, REQUESTS, needed -> look(needed, targets));
        refuseLacking();
        progress.step("signatures", -1);
        each(plan.repositories(), REQUESTS, this::requireSigned);
        refuse("nothing was written, as security.signature_verification asks for signatures",
                "sign what is missing and export again, or take signature_verification away");
    }

    /** Only who exported with {@code --since} left something out on purpose. */
    private void refuseLacking() {
        place.layout()
                .base()
                .ifPresentOrElse(base -> refuse(
                        "nothing was written, as content was left out of it that the target has not",
                        "import the export that it builds on first (digest of its index.json: "
                                + base + "), or export without --since"),
                        () -> refuse(
                                "nothing was written, as it lacks content, which the target has not either",
                                "copy the layout once more, whole, or choose what is whole in it with --include and --tags"));
    }

    /** What has another size was damaged, and not left out. */
    private void checkSize(Needed needed) {
        Descriptor blob = needed.blob();
        OptionalLong size = place.layout().size(blob.digest());
        if (size.isPresent() && size.getAsLong() != blob.size()) {
            problems.add("cannot read " + blob.digest() + " of " + place.layout() + ": expected "
                    + blob.size() + " bytes, found " + size.getAsLong());
        }
    }

    /** The tools and bundles that are ours. */
    private void requireSigned(TransferPlan.Repository repository) {
        for (Tag tag : repository.tags()) {
            if (guard.covers(repository.path(), tag)) {
                try {
                    guard.require(repository.source(), tag);
                } catch (OperationCancelledException e) {
                    throw e;
                } catch (OciException e) {
                    problems.add(repository.path() + ":" + tag + ": " + e.getMessage());
                }
            }
        }
    }

    private boolean isHere(Needed needed) {
        return place.layout().exists(needed.blob());
    }

    private void walk(TransferPlan.Repository repository) {
        Set<Digest> visited = new HashSet<>();
        Deque<Descriptor> left = new ArrayDeque<>();
        for (Tag tag : repository.tags()) {
            Descriptor root = repository.source().resolve(tag);
            if (visited.add(root.digest())) {
                open(root, true, repository.path(), left);
            }
        }
        while (!left.isEmpty()) {
            Descriptor next = left.pop();
            if (visited.add(next.digest())) {
                open(next, false, repository.path(), left);
            }
        }
    }

    private void open(Descriptor manifest, boolean root, String path, Deque<Descriptor> left) {
        Layout layout = place.layout();
        ManifestDocument document;
        try {
            document = Manifests.fetch(layout, manifest);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            problems.add(path + ": " + e.getMessage());
            return;
        }
        for (Descriptor node : successors(document, root)) {
            if (node.mediaType().isManifest()) {
                left.push(node);
            } else {
                blobs.computeIfAbsent(node.digest(), _ -> new Needed(node, new TreeSet<>()))
                        .paths()
                        .add(path);
            }
        }
        if (what.referrers()) {
            try (Stream<Descriptor> attached = layout.referrerLister()
                    .orElseThrow()
                    .referrers(manifest.digest())) {
                attached.forEach(left::push);
            }
        }
    }

    /** Neither the subject, nor what is to be had elsewhere, nor what is for platforms not asked for. */
    private List<Descriptor> successors(ManifestDocument document, boolean root) {
        List<Descriptor> nodes = new ArrayList<>(document.manifest().successors());
        document.manifest().subjectDescriptor().ifPresent(nodes::remove);
        nodes.removeIf(node -> !node.urls().isEmpty());
        if (root && document.manifest() instanceof ImageIndex index) {
            nodes.removeAll(index.manifests());
            nodes.addAll(choice.of(index));
        }
        return nodes;
    }

    private void verify(Descriptor blob) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = place.layout().fetch(blob)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                progress.advance(n);
                read.add(n);
            }
        } catch (ContentMismatchException e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            problems.add("cannot read " + blob.digest() + ": " + e.getMessage());
        }
    }

    private void look(Needed needed, Map<String, Target> targets) {
        Descriptor blob = needed.blob();
        List<Target> lacking = new ArrayList<>();
        for (String path : needed.paths()) {
            Target target = targets.get(path);
            if (target != null && target.exists(blob)) {
                place.borrow(blob.digest(), target);
            } else if (target != null) {
                lacking.add(target);
            }
        }
        if (lacking.size() == needed.paths().size()) {
            problems.add(blob.digest() + " (" + blob.size() + " bytes), needed in " + String.join(
                    ", ", needed.paths()));
        }
    }

    private void refuse(String why, @Nullable String hint) {
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(problems.stream().limit(MOST_SHOWN).toList());
        if (problems.size() > MOST_SHOWN) {
            lines.add("and " + (problems.size() - MOST_SHOWN) + " more");
        }
        throw new CommandException(ExitCode.FAILED, "cannot import " + place.label() + ": " + why
                + ":" + String.join("", lines.stream().map(line -> "\n  " + line).toList()), hint);
    }

    private static <T> void each(Collection<T> all, int workers, Consumer<T> action) {
        Queue<T> left = new ConcurrentLinkedQueue<>(all);
        TaskScope.mapAll("check", Collections.nCopies(workers, left), queue -> {
            for (T next = queue.poll(); next != null; next = queue.poll()) {
                action.accept(next);
            }
            return true;
        });
    }
}
