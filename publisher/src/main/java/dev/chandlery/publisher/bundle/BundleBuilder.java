package dev.chandlery.publisher.bundle;

import dev.chandlery.cli.Progress;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.publisher.attest.Signing;
import dev.chandlery.publisher.audit.Decision;
import dev.chandlery.publisher.audit.Decision.Kind;
import dev.chandlery.publisher.audit.PublishAudit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Builds bundles one after the other; one that fails does not keep the others from being built. */
public final class BundleBuilder {
    private final BundlePlanner planner;
    private final Signing signing;
    private final PublishAudit audit;

    /**
     * Prepares; nothing is asked yet.
     *
     * @param signing signs what is built, and asks that tools are signed, where a key is set
     * @param audit takes every decision
     */
    public BundleBuilder(BundlePlanner planner, Signing signing, PublishAudit audit) {
        this.planner = planner;
        this.signing = signing;
        this.audit = audit;
    }

    /**
     * Builds what is to be built; blocks until all of it ended.
     *
     * @param failed tools of which this run could not publish all, so that nothing is built of them
     */
    public List<BundleOutcome> build(List<BundleForecast> forecasts,
            Predicate<BundleSpec.Member> failed, Progress progress) {
        return forecasts.stream().map(forecast -> {
            BundleOutcome outcome = attempt(forecast, failed, progress);
            write(outcome);
            return outcome;
        }).toList();
    }

    private BundleOutcome attempt(BundleForecast forecast, Predicate<BundleSpec.Member> failed,
            Progress progress) {
        BundleSpec bundle = forecast.bundle();
        List<BundleSpec.Member> broken = bundle.tools().stream().filter(failed).toList();
        if (!broken.isEmpty() && forecast.pending()) {
            return new BundleOutcome.Waiting(bundle, "waits for " + broken.stream()
                    .map(BundleSpec.Member::toString)
                    .collect(Collectors.joining(", ")) + ", which failed in this run");
        }
        try {
            return build(forecast, progress);
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new BundleOutcome.Failed(bundle, e);
        }
    }

    private BundleOutcome build(BundleForecast forecast, Progress progress) {
        return switch (forecast) {
            case BundleForecast.Planned(BundlePlan plan) -> publish(plan, progress);
            case BundleForecast.Following(BundleSpec bundle, _) -> publish(planner.plan(bundle),
                    progress);
            case BundleForecast.Waiting(BundleSpec bundle, String why) -> new BundleOutcome.Waiting(
                    bundle, why);
            case BundleForecast.Lacking lacking -> new BundleOutcome.Failed(lacking.bundle(),
                    notPublished(lacking));
            case BundleForecast.Failed(BundleSpec bundle, RuntimeException cause) ->
                new BundleOutcome.Failed(
                        bundle, cause);
        };
    }

    private BundleOutcome publish(BundlePlan plan, Progress progress) {
        try (Progress.Item item = progress.start("bundle " + plan.bundle().name())) {
            return new BundlePublisher(step -> item.step(step, -1), signing).publish(plan);
        }
    }

    /** The failure that names every tool that is missing, and what to run. */
    public static ContentNotFoundException notPublished(BundleForecast.Lacking lacking) {
        boolean one = lacking.tools().size() == 1;
        return new ContentNotFoundException("cannot build bundle " + lacking.bundle().name() + ": "
                + lacking.tools()
                        .stream()
                        .map(BundleSpec.Member::toString)
                        .collect(Collectors.joining(", ")) + (one ? " is" : " are")
                + " not published; publish " + (one ? "it" : "them") + " first with " + lacking
                        .tools()
                        .stream()
                        .map(tool -> "publisher --tool " + tool.tool() + " --version " + tool
                                .version())
                        .collect(Collectors.joining(" and ")));
    }

    private void write(BundleOutcome outcome) {
        switch (outcome) {
            case BundleOutcome.Built built -> {
                Map<String, String> details = Map.of("bundle", tools(built.bundle()), "repository",
                        planner.path(built.bundle()), "digest", built.digest().toString());
                write(built.changed() ? Kind.PUBLISHED : Kind.KEPT, built, details);
                for (Tag tag : built.moved().blobs() > 0 ? built.tags() : List.<Tag>of()) {
                    write(Kind.MOVED_TAG, built, Map.of("repository", planner.path(built.bundle()),
                            "tag", tag.value(), "digest", built.digest().toString()));
                }
            }
            case BundleOutcome.Waiting waiting -> write(Kind.MISSING, waiting, Map.of("bundle",
                    tools(waiting.bundle()), "reason", waiting.why()));
            case BundleOutcome.Failed failed -> write(Kind.REFUSED, failed, Map.of("bundle", tools(
                    failed.bundle()), "reason", String.valueOf(failed.cause().getMessage())));
        }
    }

    private void write(Kind kind, BundleOutcome outcome, Map<String, String> details) {
        audit.write(Decision.of(kind, outcome.bundle().name(), outcome.bundle()
                .version()
                .orElse(""), details));
    }

    private static String tools(BundleSpec bundle) {
        return bundle.tools()
                .stream()
                .map(BundleSpec.Member::toString)
                .collect(Collectors.joining(" "));
    }
}
