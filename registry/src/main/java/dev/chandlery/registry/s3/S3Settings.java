package dev.chandlery.registry.s3;

import dev.chandlery.oci.InvalidReferenceException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket to use, and how to reach it.
 *
 * @param bucket that exists
 * @param prefix begins the name of every object: empty, or ends with a slash
 * @param region that signatures name; where the service has none, any will do
 * @param endpoint {@code http} or {@code https} with host and port; null for Amazon's own of the region
 * @param pathStyle whether the bucket stands in the path, not in the host's name: what most other services
 *     need
 * @param login null to look for it where Amazon's tools do: environment, profile, role of the machine
 */
public record S3Settings(String bucket, String prefix, String region, @Nullable URI endpoint,
        boolean pathStyle, @Nullable S3Login login) {
    public static final String DEFAULT_REGION = "us-east-1";

    public S3Settings {
        Objects.requireNonNull(region);
        if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
            throw new InvalidReferenceException("bucket", bucket, "expected a name");
        }
        if (!prefix.isEmpty() && (!prefix.endsWith("/") || prefix.startsWith("/"))) {
            throw new InvalidReferenceException("prefix", prefix,
                    "expected nothing, or names that each end with a slash");
        }
        if (endpoint != null && (endpoint.getHost() == null || !("http".equals(endpoint.getScheme())
                || "https".equals(endpoint.getScheme())))) {
            throw new InvalidReferenceException("endpoint", endpoint.toString(),
                    "expected http or https, and a host");
        }
    }

    /** That bucket at Amazon. */
    public static S3Settings of(String bucket) {
        return new S3Settings(bucket, "", DEFAULT_REGION, null, false, null);
    }

    public S3Settings withPrefix(String replaced) {
        return new S3Settings(bucket, replaced, region, endpoint, pathStyle, login);
    }

    public S3Settings withRegion(String replaced) {
        return new S3Settings(bucket, prefix, replaced, endpoint, pathStyle, login);
    }

    /** Another service than Amazon's, with the bucket in the path. */
    public S3Settings withEndpoint(URI replaced) {
        return new S3Settings(bucket, prefix, region, replaced, true, login);
    }

    public S3Settings withLogin(S3Login replaced) {
        return new S3Settings(bucket, prefix, region, endpoint, pathStyle, replaced);
    }

    /** Where it is: what messages may show. */
    public String place() {
        return "s3://" + bucket + "/" + prefix + (endpoint == null
                ? ""
                : " at " + endpoint
                        .getScheme() + "://" + endpoint.getAuthority());
    }
}
