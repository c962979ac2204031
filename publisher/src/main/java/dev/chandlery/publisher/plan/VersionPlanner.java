package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.PublishedVersion;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.publisher.attest.EvidenceCheck;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.drift.DriftIncident.State;
import dev.chandlery.publisher.drift.FrozenAsset;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans single versions of one tool. */
final class VersionPlanner {
    private final ToolView view;
    private final Selection selection;
    private final EvidenceCheck evidence;

    VersionPlanner(ToolView view, Selection selection, EvidenceCheck evidence) {
        this.view = view;
        this.selection = selection;
        this.evidence = evidence;
    }

    /**
     * What is planned for a version.
     *
     * @param plan of its platforms
     * @param lacking platforms for whose lack nothing of it is published yet
     * @param notes what a user should know
     */
    record Planned(VersionPlan plan, List<PlatformName> lacking, List<String> notes) {

        /** Whether upstream has nothing of it that we want, nor the registry. */
        boolean isEmpty() {
            return plan.platforms().stream().allMatch(PlatformPlan.Missing.class::isInstance);
        }
    }

    Planned plan(Release release) {
        List<PlatformName> all = view.platforms();
        PublishedVersion there = view.published().find(release.version().text(), all);
        List<PlatformName> wanted = all.stream()
                .filter(p -> selection.platforms().isEmpty() || selection.platforms().contains(p))
                .toList();
        MissingEvidence missing = MissingEvidence.of(view, there, wanted, evidence);
        boolean whole = there.platforms().keySet().containsAll(wanted) && missing.platforms()
                .isEmpty();
        boolean ask = !whole || selection.force() || view.upstream().listsAssets()
                || hasAccepted(there);
        Map<PlatformName, Asset> offered = ask
                ? view.upstream()
                        .assets(release)
                        .stream()
                        .collect(Collectors.toMap(Asset::platform,
                                Function.identity()))
                : Map.of();
        SortedMap<PlatformName, FrozenAsset> frozen = ask ? view.frozen(there) : new TreeMap<>();
        List<PlatformPlan> platforms = wanted.stream()
                .map(platform -> plan(platform, there, Optional.ofNullable(offered.get(platform)),
                        Optional.ofNullable(frozen.get(platform)), selection.force() || missing
                                .platforms()
                                .containsKey(platform)))
                .toList();
        return new Planned(new VersionPlan(view.tool(), release, platforms, there.tagged()
                && !missing.signature()), lacking(there, offered), missing.notes(view.tool().name()
                        + " " + there.version(), offered.keySet()));
    }

    /** What is visible already is completed whenever that is possible. */
    private List<PlatformName> lacking(PublishedVersion there, Map<PlatformName, Asset> offered) {
        boolean visible = there.index() != null || there.tagged();
        return visible
                ? List.of()
                : view.tool()
                        .releases()
                        .policy()
                        .needed(view.platforms())
                        .stream()
                        .filter(platform -> !offered.containsKey(platform) && !there.platforms()
                                .containsKey(platform))
                        .toList();
    }

    private boolean hasAccepted(PublishedVersion there) {
        return there.platforms()
                .entrySet()
                .stream()
                .anyMatch(entry -> incident(there, entry.getKey(), entry.getValue()).filter(
                        incident -> incident.state() == State.ACCEPTED).isPresent());
    }

    /** The last incident that is about what is published now. */
    private Optional<DriftIncident> incident(PublishedVersion there, PlatformName platform,
            Descriptor manifest) {
        return view.drifts()
                .find(view.published(), there.version(), platform)
                .filter(
                        incident -> incident.concerns(manifest));
    }

    private PlatformPlan plan(PlatformName platform, PublishedVersion there,
            Optional<Asset> offered, Optional<FrozenAsset> frozen, boolean anew) {
        Optional<Descriptor> manifest = there.find(platform);
        if (manifest.isEmpty()) {
            return offered.<PlatformPlan>map(asset -> new PlatformPlan.Publish(platform, asset,
                    Optional.empty(), Optional.empty()))
                    .orElseGet(() -> new PlatformPlan.Missing(platform));
        }
        Optional<DriftIncident> known = incident(there, platform, manifest.get());
        Optional<DriftIncident> accepted = known.filter(
                incident -> incident.state() == State.ACCEPTED);
        if (accepted.isPresent() && offered.isPresent()) {
            return new PlatformPlan.Publish(platform, offered.get(), frozen, accepted);
        }
        Optional<PlatformPlan> drifted = drift(there, offered, frozen, known);
        if (drifted.isPresent()) {
            return drifted.get();
        }
        return anew && offered.isPresent()
                ? new PlatformPlan.Publish(platform, offered.get(), frozen, Optional.empty())
                : new PlatformPlan.Keep(platform, manifest.get(), known.filter(
                        incident -> incident.state() == State.OPEN)
                        .map(incident -> incident
                                .with(State.REVERTED)));
    }

    /** A change that upstream's list shows, or one that is on record and that the list does not deny. */
    private Optional<PlatformPlan> drift(PublishedVersion there, Optional<Asset> offered,
            Optional<FrozenAsset> frozen, Optional<DriftIncident> known) {
        Optional<DriftIncident> open = known.filter(incident -> incident.state() == State.OPEN);
        Optional<String> observed = frozen.flatMap(asset -> offered.flatMap(asset::difference));
        if (observed.isPresent()) {
            boolean same = open.filter(incident -> incident.change()
                    .observed()
                    .equals(observed
                            .get()))
                    .isPresent();
            return Optional.of(drifted(same
                    ? open.orElseThrow()
                    : DriftIncident.open(view.tool()
                            .name(), there.version(), frozen.orElseThrow(), observed.get(), view
                                    .clock()
                                    .instant()), same));
        }
        boolean denied = frozen.filter(asset -> offered.filter(asset::isProvenBy).isPresent())
                .isPresent();
        return denied || selection.force()
                ? Optional.empty()
                : open.map(incident -> drifted(incident, true));
    }

    private static PlatformPlan drifted(DriftIncident incident, boolean recorded) {
        return new PlatformPlan.Drifted(incident.platform(), incident, recorded);
    }
}
