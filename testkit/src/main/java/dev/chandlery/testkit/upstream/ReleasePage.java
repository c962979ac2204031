package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One page of a repository's releases. */
final class ReleasePage {
    private static final int USUAL = 30;
    private static final int MOST = 100;

    private ReleasePage() {}

    /** The page's JSON; the link to the next page goes into the answer's head. */
    static String of(HttpExchange exchange, FakeGithub github, FakeRepository repository) {
        Map<String, Integer> query = query(exchange.getRequestURI().getQuery());
        int size = Math.min(MOST, query.getOrDefault("per_page", USUAL));
        int page = query.getOrDefault("page", 1);
        List<FakeRelease> all = repository.published();
        int last = Math.max(1, (all.size() + size - 1) / size);
        if (page < last) {
            String address = github.api() + "/repositories/" + repository.id()
                    + "/releases?per_page=" + size + "&page=";
            exchange.getResponseHeaders()
                    .set("Link", "<" + address + (page + 1)
                            + ">; rel=\"next\", <" + address + last + ">; rel=\"last\"");
        }
        return all.stream()
                .skip((page - 1L) * size)
                .limit(size)
                .map(FakeRelease::json)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Map<String, Integer> query(String text) {
        Map<String, Integer> values = new TreeMap<>();
        for (String part : (text == null ? "" : text).split("&", -1)) {
            if (part.matches("[a-z_]+=\\d{1,6}")) {
                values.put(part.substring(0, part.indexOf('=')), Integer.valueOf(part.substring(part
                        .indexOf('=') + 1)));
            }
        }
        return values;
    }
}
