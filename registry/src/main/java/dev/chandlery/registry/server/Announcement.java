package dev.chandlery.registry.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.endpoint.GetRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the registry of a storage folder answers, or did last: the file {@code endpoint.json} in it. It
 * stays when the registry ends, so that the next one can take the same port.
 *
 * @param address host and port to connect to from this machine
 * @param instance random word that the registry's answers carry, so that another service on a reused port
 *     is not taken for it
 */
public record Announcement(Registry address, String instance) {
    private static final String FILE_NAME = "endpoint.json";
    private static final int MAX_BYTES = 4096;
    private static final int PING_MILLIS = 3000;
    private static final JsonFactory JSON = new JsonFactory();

    /** What the folder says; empty when it says nothing that can be read. */
    public static Optional<Announcement> read(Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve(FILE_NAME));
                JsonParser json = JSON.createParser(in.readNBytes(MAX_BYTES))) {
            return parse(json);
        } catch (IOException | InvalidReferenceException _) {
            return Optional.empty(); // absent, or of a registry that we would not find anyway
        }
    }

    /** Asks whether this very registry answers there now; blocking, a few seconds at most. */
    public boolean isAnswering() {
        try {
            URL root = URI.create("http://" + address + Endpoints.ROOT).toURL();
            HttpURLConnection connection = (HttpURLConnection) root.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PING_MILLIS);
            connection.setReadTimeout(PING_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            String answered = connection.getHeaderField(GetRoot.INSTANCE_HEADER);
            connection.disconnect();
            return instance.equals(answered);
        } catch (IOException _) {
            return false;
        }
    }

    private static Optional<Announcement> parse(JsonParser json) throws IOException {
        String address = "";
        String instance = "";
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            boolean text = json.nextToken() == JsonToken.VALUE_STRING;
            if (text && name.equals("address")) {
                address = json.getText();
            } else if (text && name.equals("instance")) {
                instance = json.getText();
            }
        }
        return address.isEmpty() || instance.isEmpty()
                ? Optional.empty()
                : Optional.of(new Announcement(Registry.parse(address), instance));
    }

    /** Makes it known in the folder; readers see the old one or this one. */
    void write(Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("address", address.toString());
            json.writeStringField("instance", instance);
            json.writeEndObject();
        } catch (IOException e) {
            throw new StorageException("cannot write JSON: " + e.getMessage(), e);
        }
        try {
            DurableFiles.replace(folder.resolve(FILE_NAME), out.toByteArray());
        } catch (IOException e) {
            throw new StorageException("cannot write " + folder.resolve(FILE_NAME) + ": " + e
                    .getMessage(), e);
        }
    }
}
