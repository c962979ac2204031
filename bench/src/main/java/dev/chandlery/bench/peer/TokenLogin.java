package dev.chandlery.bench.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import dev.chandlery.bench.wire.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Logs in as clients of registries do: asks what is wanted, and fetches a token when it is one. */
record TokenLogin(Address address, String user, String password) implements Site.Login {
    private static final Pattern PARAMETER = Pattern.compile("(realm|service)=\"([^\"]*)\"");

    @Override
    public String headers(String repository) throws IOException {
        String basic = "Authorization: Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))
                + "\r\n";
        String challenge;
        try (Connection anonymous = Connection.open(address, "")) {
            challenge = anonymous.get("/v2/").header("www-authenticate").orElse("");
        }
        return challenge.startsWith("Bearer")
                ? "Authorization: Bearer " + token(challenge, repository, basic) + "\r\n"
                : basic;
    }

    private String token(String challenge, String repository, String basic) throws IOException {
        String path = "";
        String service = "";
        for (Matcher m = PARAMETER.matcher(challenge); m.find();) {
            if (m.group(1).equals("realm")) {
                path = URI.create(m.group(2)).getRawPath();
            } else {
                service = m.group(2);
            }
        }
        try (Connection connection = Connection.open(address, basic)) {
            Reply reply = connection.get(path + "?service=" + service + "&scope=repository:"
                    + repository + ":pull,push,delete").expect(200, "get a token");
            JsonNode json = JsonMapper.builder().build().readTree(reply.text());
            return json.path("token").asText(json.path("access_token").asText());
        }
    }
}
