package dev.chandlery.publisher.smoke;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A process and all that it started. What was seen as its child is kept in mind, as nobody knows it any more when its
 * parent has ended. What came and was left between two looks is known by a mark in its environment, where the system
 * shows that (Linux). Who wipes the mark on purpose escapes: it has our rights, and could do so in other ways.
 *
 * <p><b>Concurrency:</b> belongs to one thread.
 */
final class Family {
    private static final String NAME = "CHANDLERY_SMOKE_TEST";
    private static final Path PROCESSES = Path.of("/proc");
    /** What begins while others are killed is found by the next search. */
    private static final int SEARCHES = 5;

    private final String mark = UUID.randomUUID().toString();
    private final Set<ProcessHandle> seen = new HashSet<>();

    /** What the first process is to be started with. */
    Map<String, String> environment() {
        return Map.of(NAME, mark);
    }

    /** Keeps in mind what has been started by now. */
    void lookAt(Process process) {
        process.descendants().forEach(seen::add);
    }

    /** Ends all of them at once. */
    void kill() {
        seen.forEach(ProcessHandle::destroyForcibly);
        if (!Files.exists(PROCESSES.resolve("self").resolve("environ"))) {
            return;
        }
        List<ProcessHandle> left = marked();
        for (int i = 0; i < SEARCHES && !left.isEmpty(); i++) {
            left.forEach(ProcessHandle::destroyForcibly);
            left = marked();
        }
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(this::isMarked)
                .toList();
    }

    private boolean isMarked(ProcessHandle process) {
        Path environment = PROCESSES.resolve(Long.toString(process.pid())).resolve("environ");
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    .contains(NAME + "=" + mark);
        } catch (IOException _) {
            return false; // it has ended, or belongs to somebody else
        }
    }
}
