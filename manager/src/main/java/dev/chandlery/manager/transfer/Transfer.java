package dev.chandlery.manager.transfer;

import dev.chandlery.cli.Progress;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.config.tool.SelectionSpec;
import dev.chandlery.manager.transfer.TransferOptions.Step;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.copy.Copier;
import dev.chandlery.oci.copy.CopyEvent;
import dev.chandlery.oci.copy.CopyListener;
import dev.chandlery.oci.copy.CopyOptions;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyRequest;
import dev.chandlery.oci.copy.DryRunTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** One run from one place to another: plan, copy, verify, and prune last, if nothing failed. */
public final class Transfer {
    private final ConfigSpec config;
    private final TransferOptions options;
    private final Progress progress;
    private Gate gate = Gate.OPEN;

    public Transfer(ConfigSpec config, TransferOptions options, Progress progress) {
        this.config = config;
        this.options = options;
        this.progress = progress;
    }

    /** Lets only those tags of the configuration's tools and bundles through that the gate accepts. */
    public Transfer through(Gate asked) {
        gate = asked;
        return this;
    }

    /**
     * Copies; what fails is in the report.
     *
     * @throws dev.chandlery.cli.CommandException when it cannot be found out what is to be copied
     */
    public TransferReport run(Place source, Place target) {
        long start = System.nanoTime();
        TransferPlan plan = plan(source, target);
        List<Side> sides = plan.repositories().stream().map(this::side).toList();
        List<CopyOutcome> outcomes;
        Pace pace = new Pace(plan.tags(), System::nanoTime);
        String way = source.label() + " to " + target.label();
        try (Progress.Item item = progress.start(way)) {
            item.step("copy", -1);
            item.tell(pace::words);
            outcomes = copy(sides, item, pace);
        } catch (OperationCancelledException _) {
            throw new OperationCancelledException("cannot copy " + way + ": interrupted after "
                    + pace.reached() + "; run it again for the rest");
        }
        boolean dry = options.has(Step.DRY_RUN);
        Optional<TransferReport.Verified> verified = options.has(Step.VERIFY) && !dry
                ? Optional.of(verify(sides, outcomes))
                : Optional.empty();
        if (options.has(Step.PRUNE)) {
            prune(plan, sides);
        }
        return new TransferReport(source.label(), target.label(), dry, reports(plan, sides),
                verified, plan.notes(), Duration.ofNanos(System.nanoTime() - start));
    }

    private TransferPlan plan(Place source, Place target) {
        try (Progress.Item item = progress.start(source.label())) {
            item.step("list tags", -1);
            return new TransferPlanner(config, options.jobs()).plan(options.what(), source, target);
        }
    }

    /**
     * A repository in this run.
     *
     * @param target that is written to, or would be
     */
    record Side(TransferPlan.Repository repository, Target target, Tally tally) {}

    private Side side(TransferPlan.Repository repository) {
        return new Side(repository, options.has(Step.DRY_RUN)
                ? new DryRunTarget(repository.target())
                : repository.target(), new Tally(repository.path(), repository.tags().size()));
    }

    private List<CopyOutcome> copy(List<Side> sides, Progress.Item item, Pace pace) {
        IdentityHashMap<Target, Side> byTarget = new IdentityHashMap<>();
        sides.forEach(side -> byTarget.put(side.target(), side));
        List<CopyRequest> requests = requests(sides);
        CopyListener listener = event -> {
            switch (event) {
                case CopyEvent.OfNode node -> {
                    find(byTarget, node.target()).ifPresent(side -> side.tally().on(event));
                    if (node instanceof CopyEvent.Progress(_, _, long bytes)) {
                        item.advance(bytes);
                        pace.sent(bytes);
                    }
                }
                case CopyEvent.Ended(CopyOutcome outcome) -> {
                    pace.ended(outcome);
                    find(byTarget, outcome.request().target()).ifPresent(side -> end(side, outcome,
                            pace));
                }
                case CopyEvent.Resolved(CopyRequest request, _) -> find(byTarget, request
                        .target()).ifPresent(side -> side.tally().on(event));
                case CopyEvent.Differs(CopyRequest request, Tag tag, _) -> find(byTarget, request
                        .target()).ifPresent(side -> side.tally().replaces(tag));
                case CopyEvent.Tagged(CopyRequest request, _, _) -> find(byTarget, request
                        .target()).ifPresent(side -> side.tally().on(event));
            }
        };
        SelectionSpec what = options.what();
        return new Copier(CopyOptions.DEFAULT.withJobs(options.jobs())
                .withReferrers(what.referrers())
                .withPlatforms(what.platforms().stream().map(PlatformName::platform).toList()),
                listener).copyAll(requests);
    }

    private List<CopyRequest> requests(List<Side> sides) {
        Guard guard = new Guard(config, gate);
        Jobs jobs = new Jobs(options.jobs());
        List<CopyRequest> requests = new ArrayList<>();
        for (Side side : sides) {
            List<Tag> guarded = new ArrayList<>();
            for (Tag tag : side.repository().tags()) {
                if (guard.covers(side.repository().path(), tag)) {
                    guarded.add(tag);
                } else {
                    requests.add(CopyRequest.of(side.repository().source(), tag, side.target()));
                }
            }
            TaskScope.mapAll("signatures", guarded, tag -> jobs.run(() -> accepted(guard, side,
                    tag))).forEach(accepted -> accepted.ifPresent(requests::add));
        }
        return requests;
    }

    private static Optional<CopyRequest> accepted(Guard guard, Side side, Tag tag) {
        Source source = side.repository().source();
        try {
            return Optional.of(new CopyRequest(source, guard.require(source, tag), side.target(),
                    List.of(tag)));
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            side.tally().fail("tag " + tag, e);
            return Optional.empty();
        }
    }

    private void end(Side side, CopyOutcome outcome, Pace pace) {
        Tally tally = side.tally();
        if (outcome instanceof CopyOutcome.NotCopied failed && pace.tellsFailures()) {
            progress.say(side.repository().path() + " tag " + failed.request().identifier() + ": "
                    + failed.failure().getMessage());
        }
        tally.on(new CopyEvent.Ended(outcome));
        if (tally.end(outcome) && tally.changed() > 0) {
            progress.say(side.repository().path() + ": " + tally.changed() + (tally.changed() == 1
                    ? " tag "
                    : " tags ") + (options.has(Step.DRY_RUN) ? "to copy" : "copied"));
        }
    }

    private TransferReport.Verified verify(List<Side> sides, List<CopyOutcome> outcomes) {
        try (Progress.Item item = progress.start("verify")) {
            item.step("verify", -1);
            return new Verification(options, item).run(sides, outcomes);
        }
    }

    /** Nothing is removed unless all that was to be copied is there. */
    private void prune(TransferPlan plan, List<Side> sides) {
        boolean failed = !plan.unread().isEmpty() || sides.stream()
                .anyMatch(side -> side.tally().hasFailed());
        if (failed) {
            sides.stream()
                    .findFirst()
                    .ifPresent(side -> side.tally()
                            .note("nothing was removed, as not all could be copied"));
            return;
        }
        new Pruning(options).run(sides);
    }

    private static List<RepositoryReport> reports(TransferPlan plan, List<Side> sides) {
        List<RepositoryReport> reports = new ArrayList<>();
        for (TransferPlan.Unread unread : plan.unread()) {
            Tally tally = new Tally(unread.path(), 0);
            tally.fail("tags", unread.cause());
            reports.add(tally.report());
        }
        sides.forEach(side -> reports.add(side.tally().report()));
        reports.sort((one, other) -> one.path().compareTo(other.path()));
        return reports;
    }

    private static Optional<Side> find(IdentityHashMap<Target, Side> byTarget, Target target) {
        return Optional.ofNullable(byTarget.get(target));
    }
}
