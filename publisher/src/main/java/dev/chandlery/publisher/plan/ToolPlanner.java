package dev.chandlery.publisher.plan;

import dev.chandlery.config.endpoint.RepositoryLayout;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.attest.EvidenceCheck;
import dev.chandlery.upstream.Release;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans one tool; used once. */
final class ToolPlanner {
    /** Releases without any file for us that are passed over before we give up. */
    private static final int MOST_EMPTY_RELEASES = 20;

    private final ToolView view;
    private final Selection selection;
    private final List<String> pins;
    private final VersionPlanner planner;
    private final List<VersionPlan> plans = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int passedOver;

    /** @param pins versions that are wanted besides the newest, as bundles are made of them */
    ToolPlanner(ToolView view, Selection selection, List<String> pins, EvidenceCheck evidence) {
        this.view = view;
        this.selection = selection;
        this.pins = List.copyOf(pins);
        this.planner = new VersionPlanner(view, selection, evidence);
    }

    /**
     * What is planned for a tool.
     *
     * @param waiting releases that are not published yet
     * @param notes what a user should know
     */
    record Planned(List<VersionPlan> versions, List<Waiting> waiting, ToolUpkeep upkeep,
            List<String> notes) {}

    Planned plan() {
        int wanted = selection.version().isPresent()
                ? 1
                : selection.newest()
                        .orElse(view.tool()
                                .releases()
                                .versions());
        try (Stream<Release> releases = candidates(wanted)) {
            Iterator<Release> candidates = releases.iterator();
            while (plans.size() < wanted && passedOver < MOST_EMPTY_RELEASES && candidates
                    .hasNext()) {
                consider(candidates.next());
            }
        }
        pins.stream().filter(pin -> !isConsidered(pin)).forEach(this::considerPinned);
        if (plans.isEmpty() && waiting.isEmpty()) {
            throw new ContentNotFoundException(nothingFound());
        }
        noteFloatingTags();
        ToolUpkeep upkeep = new UpkeepPlanner(view).plan(plans, wanted);
        return new Planned(List.copyOf(plans), List.copyOf(waiting), upkeep, List.copyOf(notes));
    }

    private boolean isConsidered(String version) {
        return plans.stream().anyMatch(plan -> plan.version().equals(version)) || waiting.stream()
                .anyMatch(each -> each.version().equals(version));
    }

    /** One that cannot be looked up keeps no newer version from being published. */
    private void considerPinned(String version) {
        try {
            view.upstream().find(version).ifPresent(this::consider);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            notes.add(view.tool().name() + " " + version
                    + ", which a bundle is made of, was not looked up: " + e.getMessage());
        }
    }

    private Stream<Release> candidates(int wanted) {
        return selection.version()
                .map(version -> view.upstream().find(version).stream())
                .orElseGet(() -> view.upstream().listed(wanted + MOST_EMPTY_RELEASES));
    }

    /** What was published before it had to wait stays planned: it may need its tags, or a platform more. */
    private void consider(Release release) {
        String version = release.version().text();
        boolean young = release.isWaiting() && view.published()
                .find(version, view.platforms())
                .platforms()
                .isEmpty();
        if (young) {
            waiting.add(new Waiting(view.tool().name(), version, new Waiting.TooYoung(release.due()
                    .orElseThrow())));
            return;
        }
        VersionPlanner.Planned planned = planner.plan(release);
        if (planned.isEmpty()) {
            passedOver++;
            notes.add(view.tool().name() + " " + version
                    + " is listed upstream, but none of its platforms can be had");
        } else if (!planned.lacking().isEmpty()) {
            passedOver++;
            waiting.add(new Waiting(view.tool().name(), version, new Waiting.Incomplete(planned
                    .lacking())));
        } else {
            plans.add(planned.plan());
            notes.addAll(planned.notes());
        }
    }

    private void noteFloatingTags() {
        boolean nested = view.published().names().layout() == RepositoryLayout.NESTED;
        if (nested && !view.tool().releases().policy().floatingTags().isEmpty()) {
            notes.add(view.tool().name()
                    + " gets no floating tags: layout nested has no index that they could name");
        }
    }

    private String nothingFound() {
        Optional<String> version = selection.version();
        return "cannot find " + version.map(v -> "version " + v + " of ").orElse("any release of ")
                + view.tool().name() + " upstream with release_pattern \"" + view.tool()
                        .releases()
                        .pattern() + "\"" + view.tool()
                                .releases()
                                .scheme()
                                .map(scheme -> ", version_scheme " + scheme.name()
                                        .toLowerCase(java.util.Locale.ROOT))
                                .orElse("") + " and a file for a wanted platform";
    }
}
