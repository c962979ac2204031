package dev.chandlery.registry.observe;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.access.Credentials;
import dev.chandlery.registry.collect.Removed;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.Served;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of the audit log.
 *
 * @param fields names and values in the order they are written
 */
record AuditEntry(Map<String, String> fields) {
    private static final int MAX_CHARACTERS = 1024;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int ERRORS = 400;
    private static final int SERVER_ERRORS = 500;

    /** What a request is worth writing down; empty for reads, and for steps that change nothing yet. */
    static Optional<AuditEntry> of(Served served, Instant now) {
        String result = result(served);
        if (result.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", now.toString());
        fields.put("request", served.id());
        fields.put("actor", actor(served));
        fields.put("address", served.request().peer().address());
        fields.put("operation", operation(served));
        if (served.repository() != null) {
            fields.put("repository", served.repository().value());
        }
        put(fields, "target", served.argument());
        put(fields, "source", source(query(served.request())));
        put(fields, "digest", served.response()
                .headers()
                .first("Docker-Content-Digest")
                .orElse(""));
        fields.put("result", result);
        fields.put("status", Integer.toString(served.response().status()));
        if (served.refusal() != null) {
            fields.put("code", served.refusal().code());
            fields.put("reason", served.refusal().reason());
        }
        fields.replaceAll((_, value) -> value.length() > MAX_CHARACTERS
                ? value.substring(0, MAX_CHARACTERS) + "..."
                : value);
        return Optional.of(new AuditEntry(fields));
    }

    /** Manifests that went without a request; blobs and bytes are what nobody named any more. */
    static Optional<AuditEntry> of(Removed what, Instant now) {
        RepositoryName repository = what.repository();
        boolean version = what.kind() == Removed.Kind.VERSION;
        if (repository == null || !(version || what.kind() == Removed.Kind.MANIFEST)) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", now.toString());
        fields.put("actor", version ? "retention" : "collection");
        fields.put("operation", "delete-manifest");
        fields.put("repository", repository.value());
        put(fields, "target", what.tags()
                .stream()
                .map(Tag::value)
                .collect(Collectors.joining(
                        ",")));
        fields.put("digest", what.id());
        fields.put("result", "done");
        fields.replaceAll((_, value) -> value.length() > MAX_CHARACTERS
                ? value.substring(0, MAX_CHARACTERS) + "..."
                : value);
        return Optional.of(new AuditEntry(fields));
    }

    /** What a command did. */
    static AuditEntry of(CommandDeed deed, Instant now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("time", now.toString());
        fields.put("actor", deed.actor());
        fields.put("operation", deed.operation());
        put(fields, "repository", deed.repository());
        put(fields, "target", deed.target());
        put(fields, "digest", deed.digest());
        fields.put("result", "done");
        fields.replaceAll((_, value) -> value.length() > MAX_CHARACTERS
                ? value.substring(0, MAX_CHARACTERS) + "..."
                : value);
        return new AuditEntry(fields);
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static String result(Served served) {
        int status = served.response().status();
        boolean hidden = served.refusal() != null && served.refusal().code().equals("HIDDEN");
        if (hidden || status == 401 || status == 403 || status == 429) {
            return "refused";
        }
        if (served.action() == null || served.action() == Action.PULL) {
            return "";
        }
        if (status >= SERVER_ERRORS) {
            return "failed";
        }
        if (status >= ERRORS) {
            return "refused";
        }
        boolean deleted = served.action() == Action.DELETE && status == ACCEPTED;
        return status == CREATED || deleted ? "done" : "";
    }

    /** Of wrong credentials, the name that they claim; never what proves it. */
    private static String actor(Served served) {
        Caller caller = served.caller();
        if (caller != null) {
            return caller.name();
        }
        return served.request()
                .headers()
                .first("Authorization")
                .flatMap(Credentials::claimedName)
                .map(name -> "unproven:" + name)
                .orElse(Caller.ANONYMOUS);
    }

    private static String operation(Served served) {
        String route = served.route();
        String method = served.request().method();
        boolean mount = query(served.request()).first("mount").isPresent();
        return switch (route + " " + method) {
            case "uploads POST" -> mount ? "mount-blob" : "push-blob";
            case "upload PUT", "upload PATCH" -> "push-blob";
            case "upload DELETE" -> "cancel-upload";
            case "blob DELETE" -> "delete-blob";
            case "manifest PUT" -> "push-manifest";
            case "manifest DELETE" -> "delete-manifest";
            case "token GET", "token POST" -> "get-token";
            default -> method.toLowerCase(java.util.Locale.ROOT) + "-" + route;
        };
    }

    /** Empty when nothing was mounted, and when the client named no source. */
    private static String source(Query query) {
        return query.first("mount").isPresent() ? query.first("from").orElse("") : "";
    }

    private static Query query(HttpRequest request) {
        try {
            return Query.parse(request.rawQuery());
        } catch (RefusedException _) {
            return Query.parse(""); // it was refused for that
        }
    }

    String json() {
        return JsonLine.of(fields);
    }
}
