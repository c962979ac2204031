package dev.chandlery.scheduler.work;

import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.publisher.drift.DriftFinding;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.drift.DriftRecords;
import dev.chandlery.publisher.run.PublishRun;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks upstreams whether what was accepted is still what they offer, of every version that is published, and
 * records what it finds, as {@code publisher drift check} does. What was recorded by others and is open counts too.
 */
record DriftJob(Workplace place) implements Job {

    @Override
    public Outcome run() {
        ConfigSpec config = place.config();
        SortedMap<String, Finding> found = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        long checked = 0;
        try (Session session = place.session();
                PublishRun run = PublishRun.open(session, false);
                RegistryConnection registry = session.primary(Access.READ_ONLY)) {
            for (ToolSpec tool : config.publishing().tools().values()) {
                try {
                    List<DriftFinding> findings = run.driftCheck(tool)
                            .check(Integer.MAX_VALUE, Optional.empty(), true);
                    checked += findings.size();
                } catch (OperationCancelledException e) {
                    throw e;
                } catch (OciException e) {
                    failures.add(tool.name() + ": " + e.getMessage());
                }
                recorded(config, registry, tool).forEach(incident -> add(found, incident));
            }
        }
        return outcome(checked, found, failures);
    }

    /** Of a tool whose upstream does not answer nobody knows, so nothing is well again by that. */
    private static Outcome outcome(long checked, SortedMap<String, Finding> found,
            List<String> failures) {
        String drift = found.isEmpty()
                ? "no drift"
                : Summaries.count(found.size(), "file")
                        + " changed upstream: " + Summaries.list(List.copyOf(found.keySet()));
        String text = drift + ", " + Summaries.count(checked, "file") + " compared";
        if (failures.isEmpty()) {
            return new Outcome(checked == 0 ? Result.NOTHING_TO_DO : Result.DONE, text, List.copyOf(
                    found.values()), Set.of(Finding.Kind.DRIFT));
        }
        return new Outcome(checked == 0 ? Result.FAILED : Result.PARTLY, text + "; failed: "
                + Summaries.list(failures), List.copyOf(found.values()), Set.of());
    }

    private static List<DriftIncident> recorded(ConfigSpec config, RegistryConnection registry,
            ToolSpec tool) {
        ToolNames names = ToolNames.of(config.repositoryOf(tool), tool);
        return new DriftRecords(registry, tool, names).open(PublishedTool.read(registry, names));
    }

    private static void add(SortedMap<String, Finding> found, DriftIncident incident) {
        Finding finding = finding(incident);
        found.put(finding.subject(), finding);
    }

    /** As people and alerts know it. */
    static Finding finding(DriftIncident incident) {
        return new Finding(Finding.Kind.DRIFT, incident.tool() + " " + incident.version() + " "
                + incident.platform().value(), incident.message());
    }
}
