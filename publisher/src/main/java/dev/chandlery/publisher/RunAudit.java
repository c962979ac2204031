package dev.chandlery.publisher;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.publisher.audit.Decision;
import dev.chandlery.publisher.audit.Decision.Kind;
import dev.chandlery.publisher.audit.PublishAudit;
import dev.chandlery.publisher.plan.PublishPlan;
import dev.chandlery.publisher.plan.VersionPlan;
import dev.chandlery.publisher.tags.TagMove;
import java.util.Map;

/**
 * Writes down what a run decides, when it is decided.
 *
 * @param log that takes it
 */
record RunAudit(PublishAudit log) {

    void item(VersionPlan plan, ItemOutcome outcome) {
        String platform = outcome.platform().value();
        switch (outcome) {
            case ItemOutcome.Published done -> write(Kind.PUBLISHED, plan, Map.of("platform",
                    platform, "digest", done.digest().toString(), "trust", done.rung().label()));
            case ItemOutcome.UpToDate there -> write(Kind.KEPT, plan, Map.of("platform", platform,
                    "digest", there.digest().toString()));
            case ItemOutcome.Drifted drift -> write(Kind.REFUSED, plan, Map.of("platform",
                    platform, "reason", "upstream changed the file: " + drift.incident()));
            case ItemOutcome.Missing _ -> write(Kind.MISSING, plan, Map.of("platform", platform));
            case ItemOutcome.Failed failed -> write(Kind.REFUSED, plan, Map.of("platform", platform,
                    "reason", String.valueOf(failed.cause().getMessage())));
        }
    }

    /** A version whose tags could not be moved. */
    void refused(VersionPlan plan, RuntimeException cause) {
        write(Kind.REFUSED, plan, Map.of("reason", String.valueOf(cause.getMessage())));
    }

    /** A tool of which nothing could be planned. */
    void failure(PublishPlan.Failure failure) {
        log.write(Decision.of(Kind.REFUSED, failure.tool(), "", Map.of("reason", String.valueOf(
                failure.cause().getMessage()))));
    }

    void tag(VersionPlan plan, Object repository, Tag tag, Digest digest) {
        write(Kind.MOVED_TAG, plan, Map.of("repository", repository.toString(), "tag", tag.value(),
                "digest", digest.toString()));
    }

    /** A tag of no version in particular, such as {@code latest}. */
    void tag(TagMove move) {
        log.write(Decision.of(Kind.MOVED_TAG, move.tool(), move.to().orElse(""), Map.of("tag", move
                .tag()
                .value(), "from", move.from().orElse(""))));
    }

    private void write(Kind kind, VersionPlan plan, Map<String, String> details) {
        log.write(Decision.of(kind, plan.tool().name(), plan.version(), details));
    }
}
