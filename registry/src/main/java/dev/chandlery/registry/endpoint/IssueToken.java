package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.access.Credentials;
import dev.chandlery.registry.access.ShortLived;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.SiteEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The token endpoint: gives short-lived tokens for credentials, with GET and Basic credentials, or with a
 * posted form. Who asks for more than it may have gets a token for what it may have.
 *
 * <p><b>Spec:</b> distribution's token authentication and its OAuth2 form. Deviation: a refresh token is a
 * long-lived token that {@code registry token create} made; none is given here.
 */
public record IssueToken(ShortLived tokens) implements SiteEndpoint {
    private static final int MAX_FORM_BYTES = 64 * 1024;
    private static final int MAX_SCOPES = 64;
    /** Requests' headers have 16 KiB together. */
    private static final int MAX_TOKEN_CHARACTERS = 12 * 1024;

    @Override
    public HttpResponse answer(HttpRequest request, Query query) throws IOException {
        boolean form = request.method().equals("POST");
        Query asked = form ? form(request) : query;
        Optional<Credentials> credentials = form ? ofForm(asked) : ofHeader(request);
        ShortLived.Issued issued = tokens.issue(credentials, request.peer().address(), scopes(
                asked)).orElseThrow(IssueToken::wrong);
        if (issued.text().length() > MAX_TOKEN_CHARACTERS) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400, "cannot give token: with "
                    + issued.scopes().size() + " scopes it has " + issued.text().length()
                    + " characters, expected at most " + MAX_TOKEN_CHARACTERS
                    + " as a header holds them; ask for fewer or shorter scopes",
                    HeaderFields.NONE);
        }
        Bytes body = JsonAnswers.write(json -> {
            json.writeStartObject();
            json.writeStringField("token", issued.text());
            json.writeStringField("access_token", issued.text());
            json.writeStringField("token_type", "Bearer");
            json.writeStringField("scope", String.join(" ", issued.scopes()));
            json.writeNumberField("expires_in", issued.seconds());
            json.writeStringField("issued_at", issued.issued().toString());
            json.writeEndObject();
        });
        return JsonAnswers.of(HttpResponse.of(200).with("Cache-Control", "no-store"), request,
                body);
    }

    private static Optional<Credentials> ofHeader(HttpRequest request) {
        List<String> fields = request.headers().all("Authorization");
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Optional<Credentials> sent = fields.size() == 1
                ? Credentials.find(fields.getFirst())
                : Optional.empty();
        if (sent.isEmpty()) {
            throw wrong(); // they are not taken for nobody's
        }
        return sent;
    }

    private static Optional<Credentials> ofForm(Query form) {
        String grant = form.first("grant_type").orElse("");
        return Optional.of(switch (grant) {
            case "password" -> new Credentials.Basic(form.first("username").orElse(""), form.first(
                    "password").orElse(""));
            case "refresh_token" -> new Credentials.Bearer(form.first("refresh_token").orElse(""));
            default -> throw new RefusedException(ErrorCode.UNSUPPORTED, 400,
                    "cannot give token: expected grant_type password or refresh_token",
                    HeaderFields.NONE);
        });
    }

    private static Query form(HttpRequest request) throws IOException {
        byte[] bytes = request.body().readNBytes(MAX_FORM_BYTES + 1);
        if (bytes.length > MAX_FORM_BYTES) {
            throw new RefusedException(ErrorCode.SIZE_INVALID, 413,
                    "cannot give token: expected a form of at most " + MAX_FORM_BYTES + " bytes",
                    HeaderFields.NONE);
        }
        return Query.parse(new String(bytes, StandardCharsets.UTF_8).replace('+', ' '));
    }

    // Some clients write the space between two scopes as a plus sign, which no scope has.
    private static List<String> scopes(Query asked) {
        List<String> scopes = asked.all("scope")
                .stream()
                .flatMap(line -> Arrays.stream(line.split("[ +]")))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (scopes.size() > MAX_SCOPES) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, 400,
                    "cannot give token: expected at most " + MAX_SCOPES + " scopes, got " + scopes
                            .size(),
                    HeaderFields.NONE);
        }
        return scopes;
    }

    private static RefusedException wrong() {
        return new RefusedException(ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.status(),
                "cannot give token: the credentials are wrong, have expired, or are missing",
                HeaderFields.of("WWW-Authenticate", "Basic realm=\"" + ShortLived.SERVICE + "\""));
    }
}
