package dev.chandlery.scheduler.work;

import dev.chandlery.cli.Progress;

/** Facts at level info, steps at level debug. */
record LoggedProgress(System.Logger log) implements Progress {

    @Override
    public Item start(String label) {
        return new Step(label);
    }

    @Override
    public void say(String line) {
        log.log(System.Logger.Level.INFO, line);
    }

    @Override
    public void close() {
        // nothing is drawn
    }

    private final class Step implements Item {
        private final String label;

        Step(String label) {
            this.label = label;
        }

        @Override
        public void step(String name, long totalBytes) {
            log.log(System.Logger.Level.DEBUG, () -> label + ": " + name);
        }

        @Override
        public void advance(long bytes) {
            // too often for a log
        }

        @Override
        public void close() {
            log.log(System.Logger.Level.DEBUG, () -> label + ": ended");
        }
    }
}
