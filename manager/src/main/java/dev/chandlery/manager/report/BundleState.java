package dev.chandlery.manager.report;

import dev.chandlery.cli.registry.PublishedBundle;
import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.trust.publication.BundleTypes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the registry has of one bundle.
 *
 * @param bundle its name
 * @param build what {@code latest} names; empty when it is not built yet
 * @param current whether that is of the tools that registry.yaml names
 * @param error why it could not be read; empty when it could
 */
record BundleState(String bundle, Optional<PublishedBundle.Build> build, boolean current,
        Optional<String> error) {

    /** What cannot be read is told in the result. */
    static BundleState read(RegistryConnection registry, ConfigSpec config, BundleSpec bundle) {
        try {
            Optional<PublishedBundle.Build> build = PublishedBundle.read(registry, config, bundle)
                    .find(new Tag("latest"));
            String wanted = bundle.tools()
                    .stream()
                    .map(BundleSpec.Member::toString)
                    .collect(Collectors.joining(" "));
            return new BundleState(bundle.name(), build, build.filter(each -> wanted.equals(each
                    .annotations()
                    .get(BundleTypes.TOOLS))).isPresent(), Optional.empty());
        } catch (OciException e) {
            return unread(bundle, e);
        }
    }

    static BundleState unread(BundleSpec bundle, OciException cause) {
        return new BundleState(bundle.name(), Optional.empty(), false, Optional.of(String.valueOf(
                cause.getMessage())));
    }

    /** Such as {@code protoc@31.1 buf@1.66.0}. */
    String tools() {
        return build.map(each -> each.annotations().getOrDefault(BundleTypes.TOOLS, "")).orElse("");
    }

    List<PlatformName> platforms() {
        return build.map(each -> List.copyOf(each.platforms().keySet())).orElse(List.of());
    }

    /** When the newest of its tools was released. */
    Optional<Instant> created() {
        try {
            return build.map(each -> each.annotations().getOrDefault(Annotations.CREATED, ""))
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
