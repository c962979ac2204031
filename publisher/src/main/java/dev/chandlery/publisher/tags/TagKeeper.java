package dev.chandlery.publisher.tags;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.drift.DriftRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Records what was taken back, and moves the floating tags of one tool to where they belong by what the
 * registry has at that moment.
 *
 * <p>A registry cannot compare and set a tag. Each is read again just before it is moved and after that; a
 * publisher that finds that another one moved it on to a newer version lets it be.
 */
public final class TagKeeper {
    private static final int ATTEMPTS = 3;

    private final RegistryConnection registry;
    private final ToolSpec tool;
    private final ToolNames names;
    private final RetractionRecords records;

    public TagKeeper(RegistryConnection registry, ToolSpec tool, ToolNames names) {
        this.registry = registry;
        this.tool = tool;
        this.names = names;
        this.records = new RetractionRecords(registry, names);
    }

    /** Does both; what fails is in the outcome. */
    public UpkeepOutcome keep(List<Retraction> retractions) {
        List<Retraction> recorded = new ArrayList<>();
        List<TagMove> moved = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            record(retractions, recorded);
            Candidates candidates = candidates();
            for (TagMove move : moves(candidates)) {
                apply(move, failures).ifPresent(moved::add);
            }
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        return new UpkeepOutcome(tool.name(), recorded, moved, failures);
    }

    private void record(List<Retraction> retractions, List<Retraction> recorded) {
        if (retractions.isEmpty()) {
            return;
        }
        Candidates candidates = candidates();
        for (Retraction retraction : retractions) {
            records.put(retraction, candidates.published(retraction.version()));
            recorded.add(retraction);
        }
    }

    private Candidates candidates() {
        return new Candidates(tool, PublishedTool.read(registry, names), records, new DriftRecords(
                registry, tool, names));
    }

    private List<TagMove> moves(Candidates candidates) {
        return new FloatingTags(tool, candidates.tool(), candidates).moves();
    }

    private Optional<TagMove> apply(TagMove move, List<String> failures) {
        try {
            if (move.to().isEmpty()) {
                remove(move);
                return Optional.of(move);
            }
            return point(move);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            failures.add("cannot move " + move + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void remove(TagMove move) {
        registry.repository(names.path()).deleter().orElseThrow().untag(move.tag());
    }

    /** Moves the tag until it is where the registry's newest state wants it, whoever did that. */
    private Optional<TagMove> point(TagMove planned) {
        RemoteRepository repository = registry.repository(names.path());
        boolean moved = false;
        for (int i = 0; i < ATTEMPTS; i++) {
            Candidates candidates = candidates();
            Optional<TagMove> due = moves(candidates).stream()
                    .filter(move -> move.tag().equals(planned.tag()))
                    .findFirst();
            if (due.isEmpty()) {
                return moved ? Optional.of(planned) : Optional.empty();
            }
            Descriptor index = Objects.requireNonNull(candidates.published(due.get()
                    .to()
                    .orElseThrow()).index());
            repository.tag(index, planned.tag());
            moved = true;
        }
        String found = repository.findManifest(planned.tag())
                .map(TagKeeper::version)
                .orElse(
                        "nothing");
        throw new TransferException("it names " + found + ": another publisher moves it too", null,
                true);
    }

    private static String version(ManifestDocument document) {
        return document.manifest()
                .annotations()
                .getOrDefault(Annotations.VERSION, document
                        .descriptor()
                        .digest()
                        .toString());
    }
}
