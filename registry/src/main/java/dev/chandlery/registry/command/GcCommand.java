package dev.chandlery.registry.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.Sizes;
import dev.chandlery.cli.TextTable;
import dev.chandlery.registry.collect.CollectionReport;
import dev.chandlery.registry.collect.CollectionRequest;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.LockFiles;
import dev.chandlery.registry.collect.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code registry gc}. */
@Command(name = "gc", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Take away what nobody needs: uploads that nobody finished, blobs that no manifest of their repository names, bytes that no repository has.",
        "A registry may serve the storage meanwhile, and does the same every hour by itself. Tagged manifests never go; see registry retention for those."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "1:failed", "2:wrong usage",
                "3:some repositories were left out, as a manifest there cannot be read"}, footer = {
                        "", "Examples:", "  registry gc --dry-run -v",
                        "  registry gc --grace 1h --untagged-after 30d",
                        "  registry gc --untagged-after 0s --locked build/tools.lock -o json"})
final class GcCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private UpkeepOption upkeep = new UpkeepOption();

    @Option(names = {"-n",
            "--dry-run"}, description = "Tell what would go; change nothing. With -v each thing.")
    private boolean dryRun;

    @Option(names = "--grace", paramLabel = "DURATION", converter = DurationText.class, description = "What a push brought, named or found present since then stays: longer than any push takes. Such as 90s, 15m, 24h, 30d; default: what registry.yaml says, else 24h.")
    private @Nullable Duration grace;

    @Option(names = "--untagged-after", paramLabel = "DURATION", converter = DurationText.class, description = "Manifests go as well that have no tag, that no index names and that are attached to nothing that stays, when that long no push needed them. Default: what registry.yaml says, else they stay, as pulling by digest needs no tag.")
    private @Nullable Duration untaggedAfter;

    @Option(names = "--locked", paramLabel = "FILE", description = "Keep all digests that this text names, whatever its format; repeatable. Those count as well that registry.yaml names.")
    private List<Path> locked = List.of();

    GcCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RemovalLog log = new RemovalLog(console, upkeep.verbose(), upkeep.format().json());
        CollectionSettings configured = ConfiguredPolicies.collection(upkeep.config(console));
        CollectionRequest request = new CollectionRequest(grace == null
                ? configured.grace()
                : grace,
                untaggedAfter == null ? configured.untaggedAfter() : untaggedAfter, LockFiles.read(
                        Stream.concat(configured.lockFiles().stream(), locked.stream()).toList()),
                dryRun);
        try (OpenStorage opened = upkeep.open(console);
                CommandAudit audit = upkeep.audit(console, !dryRun)) {
            CollectionReport report = opened.collector()
                    .collect(request, log.andTo(audit));
            if (upkeep.format().json()) {
                console.out().println(Json.write(json(report, log)));
            } else {
                text(report);
            }
            report.skipped()
                    .forEach(repository -> console.note(console.alarming("Warning:")
                            + " nothing of " + repository
                            + " was collected: a manifest there cannot be read; run registry fsck --repair"));
            return (report.skipped().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY).code();
        }
    }

    private void text(CollectionReport report) {
        TextTable table = new TextTable(dryRun ? "WOULD GO" : "GONE", ">COUNT", ">SIZE");
        row(table, "unfinished uploads", report.uploads());
        row(table, "untagged manifests", report.manifests());
        row(table, "unnamed blobs", report.blobs());
        row(table, "stored content", report.content());
        table.lines().forEach(console.out()::println);
    }

    private static void row(TextTable table, String what, Tally tally) {
        table.row(what, Long.toString(tally.count()), Sizes.bytes(tally.bytes()));
    }

    private ObjectNode json(CollectionReport report, RemovalLog log) {
        ObjectNode json = Json.object().put("dry_run", dryRun);
        json.set("uploads", json(report.uploads()));
        json.set("manifests", json(report.manifests()));
        json.set("blobs", json(report.blobs()));
        json.set("content", json(report.content()));
        ArrayNode skipped = Json.array();
        report.skipped().forEach(repository -> skipped.add(repository.value()));
        json.set("skipped_repositories", skipped);
        log.list().ifPresent(list -> json.set("removed", list));
        return json;
    }

    private static ObjectNode json(Tally tally) {
        return Json.object().put("count", tally.count()).put("bytes", tally.bytes());
    }
}
