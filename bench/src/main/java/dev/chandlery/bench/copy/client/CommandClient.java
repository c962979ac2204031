package dev.chandlery.bench.copy.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A client that is a program of its own. */
interface CommandClient extends CopyClient {
    /**
     * Prepares a copy, which is not measured.
     *
     * @param folder for files that it needs; belongs to this copy alone
     * @return the command that copies, ended with 0 when all is there
     */
    List<String> command(CopyTask task, Path folder) throws IOException;

    @Override
    default ClientRun copy(CopyTask task, Path folder, Duration limit)
            throws IOException, InterruptedException {
        return ClientRun.of(command(task, folder), folder, limit);
    }
}
