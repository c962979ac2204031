package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.bundle.BundleBuilder;
import dev.chandlery.publisher.bundle.BundleForecast;
import dev.chandlery.publisher.bundle.BundlePlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Works out which bundles a run builds once its tools are published. A run over all tools builds all bundles
 * whose group has {@code auto_publish}; one over some tools those of them that pin a version which it looks at.
 * A run over some platforms builds none: a bundle of less than all of them would replace a whole one.
 */
public final class BundleForecaster {
    private final ConfigSpec config;
    private final BundlePlanner planner;

    public BundleForecaster(Session session, RegistryConnection registry) {
        this.config = session.config();
        this.planner = new BundlePlanner(session, registry);
    }

    /** The plan with its bundles. */
    public PublishPlan forecast(Selection selection, PublishPlan plan) {
        List<String> notes = new ArrayList<>(plan.notes());
        List<BundleForecast> forecasts = new ArrayList<>();
        for (BundleSpec bundle : config.bundles().values()) {
            if (!touches(bundle, selection, plan)) {
                continue;
            }
            if (!config.repositoryOf(bundle).autoPublish()) {
                notes.add("bundle " + bundle.name() + " is built by its name alone, as group "
                        + bundle.repository() + " has auto_publish: false: publisher --bundle "
                        + bundle.name());
            } else if (!selection.platforms().isEmpty()) {
                notes.add("bundle " + bundle.name()
                        + " is left as it is by a run over some platforms");
            } else {
                forecasts.add(forecast(bundle, selection, plan));
            }
        }
        return plan.with(forecasts, notes);
    }

    /** Bundles alone, without any tool being published. */
    public PublishPlan forecast(List<BundleSpec> bundles) {
        PublishPlan nothing = PublishPlan.EMPTY;
        return nothing.with(bundles.stream()
                .map(bundle -> forecast(bundle, Selection.everything(), nothing))
                .toList(), List.of());
    }

    private static boolean touches(BundleSpec bundle, Selection selection, PublishPlan plan) {
        boolean all = selection.tools().isEmpty() && selection.version().isEmpty();
        return all || bundle.tools()
                .stream()
                .anyMatch(member -> plan.versions()
                        .stream()
                        .anyMatch(version -> isOf(member, version)));
    }

    private BundleForecast forecast(BundleSpec bundle, Selection selection, PublishPlan plan) {
        try {
            BundleForecast forecast = planner.forecast(bundle, member -> plan.versions()
                    .stream()
                    .anyMatch(version -> isOf(member, version) && !version.publications()
                            .isEmpty()));
            return forecast instanceof BundleForecast.Lacking lacking
                    ? judge(lacking, selection, plan)
                    : forecast;
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            return new BundleForecast.Failed(bundle, e);
        }
    }

    /** What a release is waited for, or was not asked for, is no failure. */
    private static BundleForecast judge(BundleForecast.Lacking lacking, Selection selection,
            PublishPlan plan) {
        List<String> waiting = plan.waiting()
                .stream()
                .filter(each -> lacking.tools()
                        .contains(new BundleSpec.Member(each.tool(), each
                                .version())))
                .map(Waiting::toString)
                .toList();
        if (waiting.size() == lacking.tools().size()) {
            return new BundleForecast.Waiting(lacking.bundle(), String.join("; ", waiting));
        }
        if (!selection.tools().isEmpty() || selection.version().isPresent()) {
            return new BundleForecast.Waiting(lacking.bundle(), "waits for " + lacking.tools()
                    .stream()
                    .map(BundleSpec.Member::toString)
                    .collect(Collectors.joining(", ")) + ", not published yet");
        }
        return new BundleForecast.Failed(lacking.bundle(), BundleBuilder.notPublished(lacking));
    }

    private static boolean isOf(BundleSpec.Member member, VersionPlan version) {
        return version.tool().name().equals(member.tool()) && version.version()
                .equals(member
                        .version());
    }
}
