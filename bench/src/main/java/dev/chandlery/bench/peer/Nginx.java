package dev.chandlery.bench.peer;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.process.Tool;
import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx over the same bytes as static files at the same paths: what the machine allows. */
public final class Nginx implements Peer {
    private final Optional<Tool> tool = Tool.find("nginx");

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String version() throws InterruptedException {
        return tool.isEmpty() ? "" : tool.get().run("-v").replace("nginx version: ", "").strip();
    }

    @Override
    public Optional<String> missing() {
        return tool.isPresent() ? Optional.empty() : Optional.of("nginx is not installed");
    }

    @Override
    public Skills skills() {
        return new Skills(false, false);
    }

    @Override
    public Site start(Path folder, Address address) throws IOException {
        Path root = Files.createDirectories(filesOf(folder).resolve("v2"));
        Files.writeString(root.resolve("index.html"), "{}");
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration(folder,
                address));
        List<String> command = List.of(tool.orElseThrow().file().toString(), "-c", file
                .toString(), "-p", folder.toString(), "-e", folder.resolve("error.log")
                        .toString());
        return new Site(this, folder, address, ServerProcess.start(command, Map.of(), folder
                .resolve("log")), Site.Login.NONE);
    }

    /** Where the files lie that are served, by the paths of their URLs. */
    static Path filesOf(Path folder) {
        return folder.resolve("files");
    }

    // Workers of a server that root starts are nobody's, who may not look into a private folder.
    private static String configuration(Path folder, Address address) {
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
                %3$s
                worker_processes 2;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log crit;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000000;
                  default_type application/vnd.oci.image.manifest.v1+json;
                  client_body_temp_path %1$s/temporary-body;
                  proxy_temp_path %1$s/temporary-proxy;
                  fastcgi_temp_path %1$s/temporary-fastcgi;
                  uwsgi_temp_path %1$s/temporary-uwsgi;
                  scgi_temp_path %1$s/temporary-scgi;
                  server { listen %2$s; root %1$s/files; }
                }
                """.formatted(folder, address, user);
    }
}
