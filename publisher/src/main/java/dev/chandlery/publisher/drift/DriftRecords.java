package dev.chandlery.publisher.drift;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.publisher.drift.DriftIncident.Change;
import dev.chandlery.publisher.drift.DriftIncident.Decision;
import dev.chandlery.publisher.drift.DriftIncident.State;
import dev.chandlery.publisher.pack.ArtifactTypes;
import dev.chandlery.publisher.record.RegistryRecord;
import dev.chandlery.upstream.Version;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The incidents of one tool. The last one of each platform is tagged, all are attached to the manifest that
 * they are about, so that they outlive whoever found them and go along when the registry is copied.
 */
public final class DriftRecords {
    private static final String STATE = "dev.chandlery.drift.state";
    private static final String FILE = "dev.chandlery.drift.file";
    private static final String ACCEPTED = "dev.chandlery.drift.accepted";
    private static final String OBSERVED = "dev.chandlery.drift.observed";
    private static final String FOUND = "dev.chandlery.drift.found";
    private static final String BY = "dev.chandlery.drift.by";
    private static final String REASON = "dev.chandlery.drift.reason";

    private final RegistryConnection registry;
    private final ToolSpec tool;
    private final ToolNames names;

    public DriftRecords(RegistryConnection registry, ToolSpec tool, ToolNames names) {
        this.registry = registry;
        this.tool = tool;
        this.names = names;
    }

    /**
     * The last incident of a platform; asks the registry only if there may be one.
     *
     * @param published a snapshot of the tool's tags
     */
    public Optional<DriftIncident> find(PublishedTool published, String version,
            PlatformName platform) {
        Tag tag = names.driftTag(version, platform);
        boolean absent = names.layout() == RepositoryLayout.TAGS && !published.tags().contains(tag);
        return absent
                ? Optional.empty()
                : RegistryRecord.find(repository(version, platform), tag, ArtifactTypes.DRIFT)
                        .flatMap(record -> parse(record, version, platform));
    }

    /** The last incident of every platform of every version, in the order of their names. */
    public List<DriftIncident> all(PublishedTool published) {
        List<PlatformName> platforms = tool.platforms().stream().map(p -> p.name()).toList();
        return TaskScope.mapAll("drift", published.versions()
                .stream()
                .sorted(Comparator.comparing(Version::new))
                .toList(),
                version -> platforms.stream()
                        .flatMap(platform -> find(published, version, platform).stream())
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Those of {@link #all} that are about what is published now and that nobody settled. */
    public List<DriftIncident> open(PublishedTool published) {
        return all(published).stream()
                .filter(incident -> incident.state() == State.OPEN)
                .filter(incident -> isInForce(published, incident))
                .toList();
    }

    /** Whether the manifest that it is about is published still. */
    public static boolean isInForce(PublishedTool published, DriftIncident incident) {
        PublishedVersion there = published.find(incident.version(), List.of(incident.platform()));
        return there.find(incident.platform()).filter(incident::concerns).isPresent();
    }

    /** Writes the incident as the last one of its platform. */
    public void put(DriftIncident incident) {
        record(incident, incident.manifest()).put(repository(incident.version(), incident
                .platform()), names.driftTag(incident.version(), incident.platform()));
    }

    /** Attaches the incident to another manifest, the one that takes the place of the old one. */
    public void attach(DriftIncident incident, Descriptor manifest) {
        record(incident, manifest).attach(repository(incident.version(), incident.platform()));
    }

    private RemoteRepository repository(String version, PlatformName platform) {
        return registry.repository(names.platformPath(version, platform));
    }

    private static RegistryRecord record(DriftIncident incident, Descriptor subject) {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(Annotations.TITLE, incident.tool());
        map.put(Annotations.VERSION, incident.version());
        map.put(Annotations.CREATED, incident.decision()
                .map(Decision::at)
                .orElse(incident.found())
                .toString());
        map.put(STATE, incident.state().label());
        map.put(FILE, incident.change().file());
        map.put(ACCEPTED, incident.change().accepted().toString());
        map.put(OBSERVED, incident.change().observed());
        map.put(FOUND, incident.found().toString());
        incident.decision().ifPresent(decision -> {
            map.put(BY, decision.by());
            map.put(REASON, decision.reason());
        });
        return new RegistryRecord(ArtifactTypes.DRIFT, subject, map);
    }

    /** A record that cannot be understood is none of ours. */
    private Optional<DriftIncident> parse(RegistryRecord record, String version,
            PlatformName platform) {
        Map<String, String> map = record.annotations();
        Optional<State> state = Arrays.stream(State.values())
                .filter(s -> s.label().equals(map.get(STATE)))
                .findFirst();
        Optional<Digest> accepted = Digest.find(map.getOrDefault(ACCEPTED, ""));
        Optional<Instant> found = instant(map.getOrDefault(FOUND, ""));
        Optional<Instant> created = instant(map.getOrDefault(Annotations.CREATED, ""));
        if (state.isEmpty() || accepted.isEmpty() || found.isEmpty() || created.isEmpty()) {
            return Optional.empty();
        }
        Optional<Decision> decision = Optional.ofNullable(map.get(REASON))
                .map(reason -> new Decision(map.getOrDefault(BY, ""), reason, created.get()));
        return Optional.of(new DriftIncident(tool.name(), version, platform, new Change(map
                .getOrDefault(FILE, ""), accepted.get(), map.getOrDefault(OBSERVED, "")), record
                        .subject(), found.get(), state.get(), decision));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
