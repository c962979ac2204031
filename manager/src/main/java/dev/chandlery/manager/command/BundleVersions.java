package dev.chandlery.manager.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.RegistryConnection.Access;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.manager.mirror.Fallback;
import dev.chandlery.oci.Annotations;
import dev.chandlery.trust.publication.BundleTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code manager versions} shows of a bundle: its builds, {@code latest} first. */
final class BundleVersions {
    private final Console console;
    private final Session session;
    private final boolean json;

    BundleVersions(Console console, Session session, boolean json) {
        this.console = console;
        this.session = session;
        this.json = json;
    }

    int print(BundleSpec bundle, int limit) {
        Fallback.Found<List<PublishedBundle.Build>> found = new Fallback(session, console,
                Access.READ_ONLY).read(registry -> builds(registry, bundle, limit));
        if (json) {
            ObjectNode document = Json.object().put("bundle", bundle.name());
            document.put("registry", found.registry());
            ArrayNode array = document.putArray("versions");
            found.value().forEach(build -> describe(array.addObject(), bundle, build));
            console.out().println(Json.write(document));
            return ExitCode.DONE.code();
        }
        TextTable table = new TextTable("VERSION", "DATE", "DIGEST", "TOOLS", "PLATFORMS");
        for (PublishedBundle.Build build : found.value()) {
            String created = annotation(build, Annotations.CREATED);
            String digest = build.index().digest().toString();
            table.row(build.name(), created.substring(0, Math.min(10, created.length())), digest
                    .substring(0, Math.min(19, digest.length())), tools(bundle, build), build
                            .platforms()
                            .keySet()
                            .stream()
                            .map(PlatformName::value)
                            .collect(Collectors.joining(" ")));
        }
        if (table.isEmpty()) {
            console.out()
                    .println("No build of " + bundle.name()
                            + " is published: publisher --bundle " + bundle.name());
        } else {
            table.lines().forEach(console.out()::println);
        }
        return ExitCode.DONE.code();
    }

    private List<PublishedBundle.Build> builds(RegistryConnection registry, BundleSpec bundle,
            int limit) {
        PublishedBundle published = PublishedBundle.read(registry, session.config(), bundle);
        return published.builds()
                .stream()
                .limit(limit)
                .map(published::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String tools(BundleSpec bundle, PublishedBundle.Build build) {
        return annotation(build, BundleTypes.TOOLS) + (isCurrent(bundle, build)
                || !build.name().equals("latest") ? "" : " (registry.yaml has others)");
    }

    private static boolean isCurrent(BundleSpec bundle, PublishedBundle.Build build) {
        return annotation(build, BundleTypes.TOOLS).equals(bundle.tools()
                .stream()
                .map(BundleSpec.Member::toString)
                .collect(Collectors.joining(" ")));
    }

    private static void describe(ObjectNode node, BundleSpec bundle, PublishedBundle.Build build) {
        node.put("version", build.name()).put("digest", build.index().digest().toString());
        String created = annotation(build, Annotations.CREATED);
        if (!created.isEmpty()) {
            node.put("created", created);
        }
        ArrayNode tools = node.putArray("tools");
        for (String tool : annotation(build, BundleTypes.TOOLS).split(" ", -1)) {
            tools.add(tool);
        }
        node.put("as_configured", isCurrent(bundle, build));
        ArrayNode platforms = node.putArray("platforms");
        build.platforms().keySet().forEach(platform -> platforms.add(platform.value()));
    }

    private static String annotation(PublishedBundle.Build build, String key) {
        return build.annotations().getOrDefault(key, "");
    }
}
