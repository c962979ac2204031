package dev.chandlery.scheduler.work;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.PublishedTool;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.manager.verify.Verifier;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.Tag;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Verifies every published version of tools and bundles, as {@code manager verify} does: all bytes, upstream's proofs over the
 * file that was kept, evidence, signatures, policy.
 */
record VerifyJob(Workplace place) implements Job {

    @Override
    public Outcome run() {
        List<Finding> found = new ArrayList<>();
        long checked = 0;
        try (Session session = place.session();
                RegistryConnection registry = session.primary(Access.READ_ONLY);
                Verifier verifier = Verifier.open(session)) {
            for (ToolSpec tool : place.config().publishing().tools().values()) {
                ToolNames names = ToolNames.of(place.config().repositoryOf(tool), tool);
                for (String version : PublishedTool.read(registry, names).versions()) {
                    check(verifier, tool.name() + "@" + version, found);
                    checked++;
                }
            }
            for (BundleSpec bundle : place.config().bundles().values()) {
                PublishedBundle published = PublishedBundle.read(registry, place.config(), bundle);
                for (Tag build : published.builds()) {
                    check(verifier, published.path() + ":" + build, found);
                    checked++;
                }
            }
        }
        String text = Summaries.count(checked, "version") + " verified";
        return new Outcome(checked == 0 ? Result.NOTHING_TO_DO : Result.DONE, found.isEmpty()
                ? text
                : text + ", " + Summaries.count(found.size(), "problem") + ": " + Summaries.list(
                        found.stream().map(Finding::subject).distinct().toList()), found, Set.of(
                                Finding.Kind.VERIFICATION));
    }

    /** What the registry gives that is broken is a finding; that it gives nothing fails the run. */
    private static void check(Verifier verifier, String name, List<Finding> found) {
        try {
            List<String> problems = verifier.problems(name);
            if (!problems.isEmpty()) {
                found.add(new Finding(Finding.Kind.VERIFICATION, name, String.join("; ",
                        problems)));
            }
        } catch (ContentMismatchException | MalformedContentException | ContentNotFoundException
                | CommandException e) {
            found.add(new Finding(Finding.Kind.VERIFICATION, name, String.valueOf(e
                    .getMessage())));
        }
    }
}
