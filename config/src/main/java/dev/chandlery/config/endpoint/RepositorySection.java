package dev.chandlery.config.endpoint;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.security.SecuritySection;

import dev.chandlery.config.yaml.BooleanType;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Values;
import dev.chandlery.oci.RepositoryName;
import java.util.List;
import java.util.Optional;

/** One of {@code repositories}: a group of tools. */
public final class RepositorySection {
    private static final int MOST_DAYS = 36_500;

    private static final Key<RepositorySpec, String> PATH = Key.of("path", TextType.of(
            text -> new RepositoryName(text).value(), text -> text),
            "below the registry's namespace; default: the group's name", RepositorySpec::path);
    private static final Key<RepositorySpec, String> DESCRIPTION = Key.of("description", TextType
            .plain(), "for people", RepositorySpec::description).or("");
    private static final Key<RepositorySpec, Boolean> AUTO_PUBLISH = Key.of("auto_publish",
            new BooleanType(), "whether a run over all tools includes this group",
            RepositorySpec::autoPublish).or(true);
    private static final Key<RepositorySpec, Integer> RETENTION = Key.of("retention_days",
            NumberType.whole(0, MOST_DAYS, "days"),
            "age from which versions may be cleaned up; 0 keeps them for ever",
            RepositorySpec::retentionDays).or(0);
    private static final Key<RepositorySpec, RepositoryLayout> LAYOUT = Key.of("layout", ChoiceType
            .of(RepositoryLayout.class),
            "tags: tools/protoc:v31.1-linux-x86_64; nested: tools/protoc/v31.1-linux-x86_64:latest",
            RepositorySpec::layout).or(RepositoryLayout.TAGS);
    private static final Key<RepositorySpec, Rung> TRUST = Key.optional("minimum_trust",
            SecuritySection.rungs(), "lowest rung of trust that its tools are published with;"
                    + " default: security.minimum_trust", RepositorySpec::minimumTrust);

    public static final Section<RepositorySpec> SECTION = new Section<>(List.of(PATH, DESCRIPTION,
            AUTO_PUBLISH, RETENTION, LAYOUT, TRUST), RepositorySection::build);

    private RepositorySection() {}

    private static RepositorySpec build(Values values) {
        return new RepositorySpec(values.name(), values.find(PATH).orElse(values.name()), values
                .get(DESCRIPTION), values.get(AUTO_PUBLISH), values.get(RETENTION), values.get(
                        LAYOUT), values.find(TRUST));
    }

    /** The group that is there without being written. */
    public static RepositorySpec tools() {
        return new RepositorySpec("tools", "tools", "", true, 0, RepositoryLayout.TAGS,
                Optional.empty());
    }
}
