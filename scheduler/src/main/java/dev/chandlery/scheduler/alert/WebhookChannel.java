package dev.chandlery.scheduler.alert;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.operation.AlertsSpec.Address;
import dev.chandlery.config.operation.AlertsSpec.Webhook;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import java.net.URI;
import java.util.function.Function;

/**
 * Posts to an address. The address may itself be a secret, so messages name the channel and not the address,
 * and redirects are not followed.
 */
record WebhookChannel(String name, Webhook spec, Function<SecretReference, String> secrets,
        HttpTransport transport) implements Channel {

    @Override
    public void send(Message message) {
        JsonNode body = switch (spec.form()) {
            case JSON -> WebhookBodies.json(message);
            case SLACK -> WebhookBodies.slack(message);
            case TEAMS -> WebhookBodies.teams(message);
        };
        HttpCall call = JsonCalls.with(HttpCall.of("POST", address())
                .withAction("post to channel " + name)
                .withoutRedirects()
                .withHeader("Idempotency-Key", EventKeys.of(message)), body);
        HttpCall signed = spec.token()
                .map(token -> call.withAuthorization("Bearer " + secrets.apply(token)))
                .orElse(call);
        try (HttpReply reply = transport.send(signed)) {
            if (!reply.isSuccess()) {
                throw new TransferException("cannot post to channel " + name
                        + ": expected status 2xx, got " + reply.status(), null, true);
            }
        }
    }

    private URI address() {
        return switch (spec.url()) {
            case Address.Plain(URI uri) -> uri;
            case Address.Secret(SecretReference reference) -> parse(secrets.apply(reference));
        };
    }

    private URI parse(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri
                    .getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, without the text
        }
        throw new CommandException(ExitCode.USAGE, "cannot use channel " + name
                + ": its url is no https or http address");
    }

    /** Neither address nor secrets. */
    @Override
    public String toString() {
        return name;
    }
}
