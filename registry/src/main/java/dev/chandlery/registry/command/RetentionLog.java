package dev.chandlery.registry.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.collect.KeepReason;
import dev.chandlery.registry.collect.RetentionListener;
import dev.chandlery.registry.metadata.HeldManifest;
import java.util.List;
import java.util.stream.Collectors;

/** Collects what retention decides; what stays only where that is asked for. */
final class RetentionLog implements RetentionListener {
    private final boolean verbose;
    private final ArrayNode removed = Json.array();
    private final ArrayNode kept = Json.array();
    private final ArrayNode skipped = Json.array();
    private final TextTable table = new TextTable("ACTION", "REPOSITORY", "DIGEST", "TAGS", "WHY");
    private int keptCount;
    private int tagCount;

    RetentionLog(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public void kept(RepositoryName repository, HeldManifest manifest, KeepReason reason) {
        keptCount++;
        if (verbose) {
            kept.add(entry(repository, manifest).put("reason", reason.kind().label())
                    .put("detail",
                            reason.detail()));
            row("keep", repository, manifest, reason.toString());
        }
    }

    @Override
    public void removed(RepositoryName repository, HeldManifest manifest) {
        tagCount += manifest.tags().size();
        removed.add(entry(repository, manifest));
        row("remove", repository, manifest, "");
    }

    @Override
    public void skipped(RepositoryName repository) {
        skipped.add(repository.value());
    }

    /** The same, and what goes is written down. */
    RetentionListener andTo(CommandAudit audit) {
        return new RetentionListener() {
            @Override
            public void kept(RepositoryName repository, HeldManifest manifest, KeepReason reason) {
                RetentionLog.this.kept(repository, manifest, reason);
            }

            @Override
            public void removed(RepositoryName repository, HeldManifest manifest) {
                audit.removed(repository, manifest);
                RetentionLog.this.removed(repository, manifest);
            }

            @Override
            public void skipped(RepositoryName repository) {
                RetentionLog.this.skipped(repository);
            }
        };
    }

    boolean isComplete() {
        return skipped.isEmpty();
    }

    List<String> lines() {
        return table.isEmpty() ? List.of() : table.lines();
    }

    String summary(boolean dryRun) {
        return (dryRun ? "Would remove " : "Removed ") + removed.size() + " manifests with "
                + tagCount + " tags; " + keptCount + " stay" + (isComplete()
                        ? ""
                        : "; left out, as a manifest there cannot be read (run registry fsck --repair): "
                                + skipped);
    }

    String json(boolean dryRun) {
        ObjectNode json = Json.object().put("dry_run", dryRun);
        json.set("removed", removed);
        json.put("kept_count", keptCount);
        if (verbose) {
            json.set("kept", kept);
        }
        json.set("skipped_repositories", skipped);
        return Json.write(json);
    }

    private void row(String action, RepositoryName repository, HeldManifest manifest, String why) {
        String tags = manifest.tags()
                .keySet()
                .stream()
                .map(Tag::value)
                .collect(Collectors.joining(
                        ","));
        table.row(action, repository.value(), manifest.digest().toString(), tags, why);
    }

    private static ObjectNode entry(RepositoryName repository, HeldManifest manifest) {
        ObjectNode entry = Json.object()
                .put("repository", repository.value())
                .put("digest",
                        manifest.digest().toString());
        ArrayNode tags = entry.putArray("tags");
        manifest.tags().keySet().forEach(tag -> tags.add(tag.value()));
        return entry;
    }
}
