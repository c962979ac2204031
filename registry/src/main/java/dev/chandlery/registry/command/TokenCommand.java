package dev.chandlery.registry.command;

import picocli.CommandLine.Command;

/** {@code registry token}. */
@Command(name = "token", mixinStandardHelpOptions = true, description = {
        "Make, list and revoke long-lived tokens: for builds and services, which log in with any user name and the token as password, or send it as Bearer token.",
        "It works beside a running registry, which notices within seconds."}, subcommands = {
                TokenCreateCommand.class, TokenListCommand.class,
                TokenRevokeCommand.class}, footer = {"", "Examples:",
                        "  registry token create ci --scope oci:repository:tools/**:pull",
                        "  registry token list"})
final class TokenCommand {}
