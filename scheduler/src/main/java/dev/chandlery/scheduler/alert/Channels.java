package dev.chandlery.scheduler.alert;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.AlertsSpec;
import dev.chandlery.config.value.SecretReference;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The channels of registry.yaml, ready to be used. Secrets are read when something is sent. */
public final class Channels {

    private Channels() {}

    /** By name. */
    public static SortedMap<String, Channel> of(ConfigSpec config, Session session) {
        SecretTexts texts = new SecretTexts(session.environment(), Objects.requireNonNull(config
                .file()
                .getParent()));
        SortedMap<String, Channel> channels = new TreeMap<>();
        config.alerts().channels().forEach((name, spec) -> {
            Function<SecretReference, String> secrets = reference -> read(texts, reference, name);
            channels.put(name, switch (spec) {
                case AlertsSpec.Webhook webhook -> new WebhookChannel(name, webhook, secrets,
                        session.transport());
                case AlertsSpec.Mail mail -> new MailChannel(mail, secrets);
                case AlertsSpec.GithubIssue issue -> new GithubIssueChannel(new GithubIssues(issue,
                        secrets, session.transport()), issue.labels());
            });
        });
        return channels;
    }

    private static String read(SecretTexts texts, SecretReference reference, String name) {
        try {
            return texts.read(reference);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "cannot use channel " + name + ": " + e
                    .getMessage());
        }
    }
}
