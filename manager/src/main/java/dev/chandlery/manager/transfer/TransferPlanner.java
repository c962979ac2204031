package dev.chandlery.manager.transfer;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.NamePattern;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.TagLister;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out what is to be copied: lists the tags of all repositories side by side, and selects. */
public final class TransferPlanner {
    private final ConfigSpec config;
    private final Jobs jobs;

    /** @param jobs most requests at a time, 1 or more */
    public TransferPlanner(ConfigSpec config, int jobs) {
        this.config = config;
        this.jobs = new Jobs(jobs);
    }

    /** One of the two. */
    private sealed interface Read {
        record Done(TransferPlan.Repository repository) implements Read {}

        record Failed(TransferPlan.Unread unread) implements Read {}
    }

    /** Nothing is written. What lists show of the target itself, where it lies in the source, is left out. */
    public TransferPlan plan(SelectionSpec what, Place source, Place target) {
        RepositorySelection.Selected selection = RepositorySelection.read(config, what, Outside.of(
                source, target));
        List<Map.Entry<String, SelectionSpec>> selected = List.copyOf(selection.repositories()
                .entrySet());
        List<TransferPlan.Repository> repositories = new ArrayList<>();
        List<TransferPlan.Unread> unread = new ArrayList<>();
        for (Read read : TaskScope.mapAll("tags", selected, each -> read(each.getKey(), each
                .getValue(), source, target))) {
            switch (read) {
                case Read.Done(TransferPlan.Repository repository) -> repositories.add(repository);
                case Read.Failed(TransferPlan.Unread failed) -> unread.add(failed);
            }
        }
        List<String> notes = new ArrayList<>(selection.notes());
        if (unread.isEmpty()) {
            noteAbsent(what, source, repositories, notes);
        }
        return new TransferPlan(repositories, unread, notes);
    }

    private static void noteAbsent(SelectionSpec what, Place source,
            List<TransferPlan.Repository> repositories, List<String> notes) {
        for (TransferPlan.Repository each : repositories) {
            boolean named = what.include().stream().anyMatch(p -> p.glob().equals(each.path()));
            if (named && each.all().isEmpty()) {
                notes.add(source.label() + " has no repository " + each.path()
                        + ", or it has no tags");
            }
        }
        for (NamePattern pattern : what.tags()) {
            if (!repositories.isEmpty() && repositories.stream()
                    .flatMap(each -> each.all().stream())
                    .noneMatch(tag -> pattern.matches(tag.value()))) {
                notes.add("tags " + pattern + " matches no tag of " + source.label());
            }
        }
    }

    private Read read(String path, SelectionSpec what, Place source, Place target) {
        try {
            Source from = source.repository(path);
            TagSelection selection = new TagSelection(what);
            Set<Tag> all = jobs.run(() -> tags(from));
            SortedSet<Tag> tags = selection.select(all, chosen -> digests(from, chosen));
            return new Read.Done(new TransferPlan.Repository(path, new ListedSource(from, all),
                    target.repository(path), selection, all, tags));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new Read.Failed(new TransferPlan.Unread(path, e));
        }
    }

    private static Set<Tag> tags(Source source) {
        TagLister lister = source.tagLister()
                .orElseThrow(() -> new UnsupportedFeatureException("cannot list tags of " + source
                        + ": it does not list them"));
        try (Stream<Tag> tags = lister.tags()) {
            return tags.collect(Collectors.toUnmodifiableSet());
        }
    }

    private Set<Digest> digests(Source source, Set<Tag> tags) {
        Set<Digest> digests = new HashSet<>();
        TaskScope.mapAll("digests", List.copyOf(tags), tag -> jobs.run(() -> source.findManifest(
                tag))).forEach(found -> found.ifPresent(document -> add(document, digests)));
        return digests;
    }

    private static void add(ManifestDocument document, Set<Digest> digests) {
        digests.add(document.descriptor().digest());
        if (document.manifest() instanceof ImageIndex index) {
            index.manifests().stream().map(Descriptor::digest).forEach(digests::add);
        }
    }
}
