package dev.chandlery.scheduler.work;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Progress;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.mirror.MirrorRun;
import dev.chandlery.manager.mirror.Mirrors;
import dev.chandlery.manager.mirror.Mirrors.Mirror;
import dev.chandlery.manager.transfer.TransferReport;
import dev.chandlery.manager.transfer.TransferText;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.scheduler.job.Job;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings one mirror up to date, or all that there is. That one fails does not keep the others from it.
 *
 * @param place of work
 * @param name of the mirror; empty for all
 */
record MirrorJob(Workplace place, Optional<String> name) implements Job {
    private static final int JOBS = 32;

    @Override
    public Outcome run() {
        List<Mirror> mirrors = Mirrors.named(place.config(), name.map(List::of).orElse(List.of()));
        List<String> texts = new ArrayList<>();
        int done = 0;
        int failed = 0;
        try (Session session = place.session()) {
            for (Mirror mirror : mirrors) {
                ExitCode code = bring(session, mirror, texts);
                done += code == ExitCode.FAILED ? 0 : 1;
                failed += code == ExitCode.DONE ? 0 : 1;
            }
        }
        return Outcome.of(switch (ExitCode.ofItems(done, failed)) {
            case DONE -> Result.DONE;
            case PARTLY -> Result.PARTLY;
            case FAILED, USAGE, INTERRUPTED -> Result.FAILED;
        }, Summaries.list(texts));
    }

    private ExitCode bring(Session session, Mirror mirror, List<String> texts) {
        try (Progress progress = Workplace.progress()) {
            TransferReport report = new MirrorRun(session, JOBS, Set.of()).bring(mirror, progress);
            List<String> errors = TransferText.errors(report);
            texts.add(mirror.name() + (errors.isEmpty()
                    ? " up to date"
                    : ": " + Summaries.list(errors)));
            return report.exitCode();
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException | CommandException e) {
            texts.add(mirror.name() + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
