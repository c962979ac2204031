package dev.chandlery.config.server;

import dev.chandlery.config.server.ServerAuthSpec.Action;
import dev.chandlery.config.server.ServerAuthSpec.Rule;
import dev.chandlery.config.value.Texts;
import dev.chandlery.config.yaml.ChoiceType;
import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.ListType;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.Values;
import java.nio.file.Path;
import java.util.List;

/** {@code registry_server.auth}. */
final class ServerAuthSection {
    private static final Key<Rule, String> REPOSITORIES = Key.required("repositories",
            ServerTexts.REPOSITORIES,
            "glob of names: * is any text within a component, ** across them", Rule::repositories);
    private static final Key<Rule, List<String>> WHO = Key.required("who", new ListType<>(
            ServerTexts.WHO, 1),
            "users, groups such as @builders, authenticated for all users, anonymous for everybody",
            Rule::who);
    private static final Key<Rule, List<Action>> ALLOW = Key.required("allow", new ListType<>(
            ChoiceType.of(Action.class), 1), "what they may do", Rule::allow);
    private static final Section<Rule> RULE = new Section<>(List.of(REPOSITORIES, WHO, ALLOW),
            ServerAuthSection::rule);

    private static final Key<ServerAuthSpec, Path> HTPASSWD = Key.optional("htpasswd", Texts.FILE,
            "file of users, made by htpasswd -B; read again when it changes",
            ServerAuthSpec::htpasswd);
    private static final Key<ServerAuthSpec, List<Rule>> RULES = Key.of("rules", new ListType<>(
            RULE, 1), "what one of them allows is allowed; default: every user everything",
            ServerAuthSpec::rules).or(List.of(ServerAuthSpec.USERS_ONLY));
    private static final Key<ServerAuthSpec, List<String>> METRICS_USERS = Key.of("metrics_users",
            ListType.of(ServerTexts.USER_NAME), "users who may read metrics",
            ServerAuthSpec::metricsUsers).or(List.of());

    static final Section<ServerAuthSpec> SECTION = new Section<>(List.of(HTPASSWD, RULES,
            METRICS_USERS), values -> new ServerAuthSpec(values.find(HTPASSWD), values.get(RULES),
                    values.get(METRICS_USERS)));

    private ServerAuthSection() {}

    private static Rule rule(Values values) {
        return new Rule(values.find(REPOSITORIES)
                .orElseThrow(() -> values.invalid(
                        "repositories is missing: a glob such as team/**")),
                values.find(WHO)
                        .orElseThrow(() -> values.invalid(
                                "who is missing: a list such as [alice]")),
                values.find(ALLOW)
                        .orElseThrow(() -> values.invalid(
                                "allow is missing: a list of pull, push, delete")));
    }
}
