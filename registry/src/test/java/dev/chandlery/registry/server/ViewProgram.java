package dev.chandlery.registry.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A view of a folder in a process of its own, which tests may kill; it prints its address. */
public final class ViewProgram {
    private ViewProgram() {}

    public static void main(String[] args) throws InterruptedException {
        ReadOnlyServer server = ReadOnlyServer.start(Path.of(args[0]));
        System.out.println("listening on http://" + server.address() + " for tests");
        new CountDownLatch(1).await();
    }
}
