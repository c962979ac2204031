package dev.chandlery.oci.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What answers say about how many requests are left. */
final class Quotas {
    private static final List<String> PREFIXES = List.of("X-RateLimit-", "RateLimit-");
    /** A number, and with Docker Hub the window after it: {@code 100;w=21600}. */
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,15})(?:;.*)?");

    private Quotas() {}

    /** Empty when the answer says nothing that can be understood. */
    static Optional<HttpEvent> of(HttpCall call, Response response) {
        for (String prefix : PREFIXES) {
            OptionalLong left = count(response.header(prefix + "Remaining"));
            if (left.isPresent()) {
                return Optional.of(new HttpEvent.Quota(Origin.of(call.uri()), call.method(), left
                        .getAsLong(), count(response.header(prefix + "Limit"))));
            }
        }
        return Optional.empty();
    }

    private static OptionalLong count(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        Matcher matcher = COUNT.matcher(text.strip());
        return matcher.matches()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }
}
