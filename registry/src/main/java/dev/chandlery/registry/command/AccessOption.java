package dev.chandlery.registry.command;

import dev.chandlery.config.server.ServerAuthSpec;
import dev.chandlery.config.server.ServerSpec;
import dev.chandlery.registry.access.AccessRule;
import dev.chandlery.registry.access.AccessRules;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.HtpasswdFile;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.access.UserDirectory;
import dev.chandlery.registry.server.AccessOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may do what. */
final class AccessOption {
    /** What those may do everywhere who have no credentials. */
    enum Anonymous {
        none, pull, push;

        Optional<AccessRule> rule() {
            return switch (this) {
                case none -> Optional.empty();
                case pull -> Optional.of(everybody(EnumSet.of(Action.PULL)));
                case push -> Optional.of(everybody(EnumSet.of(Action.PULL, Action.PUSH)));
            };
        }

        private static AccessRule everybody(Set<Action> actions) {
            return new AccessRule(RepositoryPattern.ALL, Set.of(AccessRule.ANYBODY), actions);
        }
    }

    @Option(names = "--htpasswd", paramLabel = "FILE", description = "Users and their passwords, made by htpasswd -B: only they get in, and owners of tokens. Read again when it changes.")
    private @Nullable Path htpasswd;

    @Option(names = "--anonymous", paramLabel = "RIGHTS", description = "What everybody may do without logging in: ${COMPLETION-CANDIDATES}. Without --htpasswd everybody else needs a token.")
    private @Nullable Anonymous anonymous;

    @Option(names = "--public-url", paramLabel = "URL", description = "How clients reach the registry, such as https://registry.example; default: what each request was sent to.")
    private @Nullable URI publicUrl;

    /** What the options and registry.yaml say together; open when they say nothing. */
    AccessOptions options(LoadedConfig config, boolean loopback) {
        Optional<ServerAuthSpec> auth = config.server().flatMap(ServerSpec::auth);
        if (auth.isEmpty() && htpasswd == null && anonymous == null) {
            return loopback ? new AccessOptions.OpenToLoopback() : new AccessOptions.OpenToAll();
        }
        List<UserDirectory> directories = new ArrayList<>();
        Optional.ofNullable(htpasswd)
                .or(() -> auth.flatMap(ServerAuthSpec::htpasswd))
                .map(HtpasswdFile::open)
                .ifPresent(directories::add);
        ServiceLoader.load(UserDirectory.class).forEach(directories::add);
        List<AccessRule> rules = new ArrayList<>(auth.map(AccessOption::rules)
                .orElse(AccessRules.USERS_ONLY.rules()));
        Optional.ofNullable(anonymous).flatMap(Anonymous::rule).ifPresent(rules::add);
        return new AccessOptions.Guarded(new AccessRules(rules), directories, auth.map(
                spec -> Set.copyOf(spec.metricsUsers())).orElse(Set.of()), Optional.ofNullable(
                        publicUrl).or(() -> config.server().flatMap(ServerSpec::publicUrl)));
    }

    private static List<AccessRule> rules(ServerAuthSpec auth) {
        return auth.rules()
                .stream()
                .map(rule -> new AccessRule(RepositoryPattern.parse(rule.repositories()), Set
                        .copyOf(rule.who()), rule.allow()
                                .stream()
                                .map(action -> Action.valueOf(action.name()))
                                .collect(Collectors.toSet())))
                .toList();
    }
}
