package dev.chandlery.testkit;

import java.util.Map;

/**
 * How a {@link DistributionRegistry} behaves.
 *
 * @param deletes whether content may be deleted
 * @param authenticated whether it wants {@link #USER} and {@link #PASSWORD} by Basic authentication
 * @param readOnly whether it refuses every write
 */
public record RegistryOptions(boolean deletes, boolean authenticated, boolean readOnly) {
    public static final String USER = "tester";
    public static final String PASSWORD = "test-password";

    /** Open to all, and deletes. */
    public static final RegistryOptions OPEN = new RegistryOptions(true, false, false);

    /** bcrypt of {@link #PASSWORD}, at the lowest cost. */
    private static final String HASH =
            "$2b$05$abcdefghijklmnopqrstuu34chBxBG/k9ApCErH1wl/WrV4FVTS/q";

    public RegistryOptions withDeletes(boolean value) {
        return new RegistryOptions(value, authenticated, readOnly);
    }

    public RegistryOptions withAuthentication() {
        return new RegistryOptions(deletes, true, readOnly);
    }

    public RegistryOptions withReadOnly() {
        return new RegistryOptions(deletes, authenticated, true);
    }

    /** Files that the registry reads, by their names below the folder. */
    Map<String, String> files(String address, String folder) {
        return Map.of("config.yml", config(address, folder), "htpasswd", USER + ":" + HASH + "\n");
    }

    private String config(String address, String folder) {
        String auth = authenticated
                ? "auth: {htpasswd: {realm: test, path: \"" + folder + "/htpasswd\"}}\n"
                : "";
        return """
                version: 0.1
                log: {level: info, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: "%s/storage"}
                  delete: {enabled: %s}
                  maintenance: {uploadpurging: {enabled: false}, readonly: {enabled: %s}}
                http: {addr: "%s", secret: test}
                %s""".formatted(folder, deletes, readOnly, address, auth);
    }
}
