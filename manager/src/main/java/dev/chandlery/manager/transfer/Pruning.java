package dev.chandlery.manager.transfer;

import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes from the target what the source does not have: tags of the repositories and patterns that were
 * copied, and nothing else. A source that lists no tags at all is not believed, unless that is asked for.
 */
final class Pruning {
    private final TransferOptions options;
    private final Jobs jobs;

    Pruning(TransferOptions options) {
        this.options = options;
        this.jobs = new Jobs(options.jobs());
    }

    void run(List<Transfer.Side> sides) {
        TaskScope.mapAll("prune", sides, side -> {
            prune(side);
            return true;
        });
    }

    private void prune(Transfer.Side side) {
        TransferPlan.Repository repository = side.repository();
        try {
            SortedSet<Tag> surplus = surplus(repository);
            if (surplus.isEmpty()) {
                return;
            }
            if (repository.all().isEmpty() && !options.has(Step.PRUNE_EMPTY)) {
                side.tally()
                        .note("the source has no tags; " + surplus.size()
                                + " at the target were kept, --prune-empty would remove them");
                return;
            }
            if (!options.has(Step.DRY_RUN)) {
                jobs.run(() -> {
                    remove(repository.target(), surplus);
                    return true;
                });
            }
            side.tally().prune(surplus);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            side.tally().fail("prune", e);
        }
    }

    /** Asked once more, as a tag may be younger than the list, or have been left out of it. */
    private SortedSet<Tag> surplus(TransferPlan.Repository repository) {
        List<Tag> unlisted = jobs.run(() -> tags(repository.target()).filter(tag -> !repository
                .all()
                .contains(tag)).filter(repository.selection()::covers).toList());
        List<Optional<Tag>> absent = TaskScope.mapAll("look for", unlisted, tag -> jobs.run(
                () -> Optional.of(tag).filter(each -> isAbsent(repository, each))));
        return absent.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(
                        TreeSet::new));
    }

    /**
     * Some registries refuse what is absent; but a refusal says so only where one that is there can be read, as
     * the right to read may have been lost meanwhile.
     */
    private static boolean isAbsent(TransferPlan.Repository repository, Tag tag) {
        Source source = repository.source();
        try {
            return source.find(tag).isEmpty();
        } catch (UnauthorizedException e) {
            boolean canRead = repository.all()
                    .stream()
                    .sorted()
                    .findFirst()
                    .filter(known -> source.find(known).isPresent())
                    .isPresent();
            if (canRead) {
                return true;
            }
            throw e;
        }
    }

    private static void remove(Target target, SortedSet<Tag> surplus) {
        Deleter deleter = target.deleter()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot remove tags of " + target
                        + ": it does not delete"));
        try {
            surplus.forEach(deleter::untag);
        } catch (UnsupportedFeatureException e) {
            removeManifests(target, deleter, surplus);
        }
    }

    /** Some registries remove manifests with all tags, and no tag by itself. */
    private static void removeManifests(Target target, Deleter deleter, SortedSet<Tag> surplus) {
        Set<Digest> kept = new HashSet<>();
        tags(target).filter(tag -> !surplus.contains(tag))
                .forEach(tag -> target.findManifest(tag).ifPresent(document -> {
                    kept.add(document.descriptor().digest());
                    if (document.manifest() instanceof ImageIndex index) {
                        index.manifests().stream().map(Descriptor::digest).forEach(kept::add);
                    }
                }));
        for (Tag tag : surplus) {
            Optional<Descriptor> manifest = target.find(tag);
            if (manifest.filter(found -> kept.contains(found.digest())).isPresent()) {
                throw new UnsupportedFeatureException("cannot remove tag " + tag + " of " + target
                        + ": the registry removes manifests only, and this one is needed by"
                        + " another tag");
            }
            manifest.ifPresent(deleter::delete);
        }
    }

    private static Stream<Tag> tags(Target target) {
        try (Stream<Tag> tags = target.tagLister()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot list tags of " + target))
                .tags()) {
            return tags.toList().stream();
        }
    }
}
