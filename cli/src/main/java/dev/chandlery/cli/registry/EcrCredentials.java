package dev.chandlery.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.client.auth.CredentialProvider;
import dev.chandlery.oci.client.auth.Credentials;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Tokens of Amazon's private registries, which are passwords for half a day. Who we are to AWS is found as
 * its own programs find it: environment, profile files, container or machine role.
 *
 * <p>Deviation: the one call is signed by AWS's SDK and sent by our transport; the SDK's client of this
 * service would bring more classes than all of this module has.
 *
 * <p><b>Concurrency:</b> asked under the lock of its connection.
 */
final class EcrCredentials implements CredentialProvider {
    private static final Pattern HOST = Pattern.compile(
            "\\d{12}\\.dkr\\.ecr(?:-fips)?\\.([a-z]{2,4}(?:-[a-z]+)+-\\d)\\.(amazonaws\\.com(?:\\.cn)?)");
    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921"
            + ".GetAuthorizationToken";
    private static final MediaType TYPE = new MediaType("application/x-amz-json-1.1");
    private static final Bytes NOTHING = Bytes.ofUtf8("{}");
    private static final long MAX_REPLY_BYTES = 256L * 1024;
    /** What is refused though it is younger was not refused for its age. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final HttpTransport transport;
    private final Supplier<AwsCredentialsIdentity> identity;
    private final Function<Matcher, URI> endpoint;
    private final InstantSource clock;
    private Instant fetched = Instant.MIN;

    /** @param endpoint of the service, by a match of the registry's host: region and domain */
    EcrCredentials(HttpTransport transport, Supplier<AwsCredentialsIdentity> identity,
            Function<Matcher, URI> endpoint, InstantSource clock) {
        this.transport = transport;
        this.identity = identity;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    static EcrCredentials of(HttpTransport transport) {
        return new EcrCredentials(transport, EcrCredentials::find, host -> URI.create(
                "https://api.ecr." + host.group(1) + "." + host.group(2) + "/"), InstantSource
                        .system());
    }

    private static AwsCredentialsIdentity find() {
        try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
            return provider.resolveCredentials();
        }
    }

    @Override
    public Credentials credentials(Registry registry) {
        Matcher host = HOST.matcher(registry.host());
        if (!host.matches()) {
            throw refused(registry, "auth_method ecr is for hosts such as"
                    + " 123456789012.dkr.ecr.eu-west-1.amazonaws.com");
        }
        HttpCall call = signed(registry, host);
        try (HttpReply reply = transport.send(call)) {
            Bytes body = reply.bytes(MAX_REPLY_BYTES);
            if (!reply.isSuccess()) {
                throw refused(registry, "AWS answered " + reply.status() + " " + reason(body));
            }
            Credentials found = password(registry, body);
            fetched = clock.instant();
            return found;
        }
    }

    @Override
    public Optional<Credentials> renewed(Registry registry, Credentials refused) {
        return clock.instant().isAfter(fetched.plus(YOUNG))
                ? Optional.of(credentials(registry))
                : Optional.empty();
    }

    private HttpCall signed(Registry registry, Matcher host) {
        URI uri = endpoint.apply(host);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(uri)
                .putHeader("X-Amz-Target", TARGET)
                .build();
        HttpCall call = HttpCall.of("POST", uri)
                .withBody(Content.of(NOTHING), NOTHING.size(), TYPE)
                .withAction("get a token of AWS for " + registry)
                .withoutRedirects();
        for (Map.Entry<String, List<String>> header : sign(registry, request, host.group(1))
                .request()
                .headers()
                .entrySet()) {
            if (!header.getKey().equalsIgnoreCase("Host")
                    && !header.getKey().equalsIgnoreCase("Content-Length")) {
                for (String value : header.getValue()) {
                    call = call.withHeader(header.getKey(), value);
                }
            }
        }
        return call;
    }

    private SignedRequest sign(Registry registry, SdkHttpRequest request, String region) {
        try {
            AwsCredentialsIdentity who = identity.get();
            return AwsV4HttpSigner.create()
                    .sign(sign -> sign.identity(who)
                            .request(request)
                            .payload(ContentStreamProvider.fromUtf8String(NOTHING.utf8()))
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecr")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        } catch (SdkException e) {
            throw refused(registry, "no credentials of AWS were found; set AWS_PROFILE, or"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    private static Credentials password(Registry registry, Bytes body) {
        try {
            String encoded = new ObjectMapper().readTree(body.toArray())
                    .path("authorizationData")
                    .path(0)
                    .path("authorizationToken")
                    .asText("");
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credentials.Password(pair.substring(0, colon), pair.substring(colon
                        + 1));
            }
            throw refused(registry, "AWS gave no usable token");
        } catch (IOException | IllegalArgumentException e) {
            throw refused(registry, "AWS gave no usable token");
        }
    }

    /** The name of the error, which holds no secret. */
    private static String reason(Bytes body) {
        try {
            JsonNode type = new ObjectMapper().readTree(body.toArray()).path("__type");
            return type.asText("").replaceAll("[^A-Za-z0-9.#]", "");
        } catch (IOException e) {
            return "";
        }
    }

    private static UnauthorizedException refused(Registry registry, String why) {
        return new UnauthorizedException("cannot log in to " + registry + ": " + why);
    }
}
