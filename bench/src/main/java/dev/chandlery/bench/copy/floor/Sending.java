package dev.chandlery.bench.copy.floor;

import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Steps that are done as soon as those before them are, on several connections. */
public final class Sending {
    private static final int END = -1;

    private final List<Step> steps;
    private final Address source;
    private final Address target;
    private final List<AtomicInteger> missing = new ArrayList<>();
    private final List<List<Integer>> waiting = new ArrayList<>();
    private final BlockingQueue<Integer> ready = new LinkedBlockingQueue<>();
    private final Map<Integer, byte[]> bodies = new ConcurrentHashMap<>();
    private final CountDownLatch left;
    private final LongAdder cpuNanos = new LongAdder();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();

    public Sending(Plan plan, Address source, Address target) {
        this.steps = plan.steps();
        this.source = source;
        this.target = target;
        this.left = new CountDownLatch(steps.size());
        steps.forEach(_ -> waiting.add(new ArrayList<>()));
        for (int number = 0; number < steps.size(); number++) {
            List<Integer> after = steps.get(number).after();
            missing.add(new AtomicInteger(after.size()));
            for (int before : after) {
                waiting.get(before).add(number);
            }
            if (after.isEmpty()) {
                ready.add(number);
            }
        }
    }

    /** Does all, on so many connections to each side; gives the CPU time that it took. */
    public Duration run(int connections) throws IOException, InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            workers.add(Thread.ofPlatform().start(this::work));
        }
        left.await();
        for (int i = 0; i < connections; i++) {
            ready.add(END);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (!failures.isEmpty()) {
            throw failures.element();
        }
        return Duration.ofNanos(cpuNanos.sum());
    }

    private void work() {
        try (Sides sides = new Sides(source, target)) {
            for (int number = ready.take(); number != END; number = ready.take()) {
                act(number, sides);
                finish(number);
            }
        } catch (IOException e) {
            failures.add(e);
            while (left.getCount() > 0) {
                left.countDown();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            cpuNanos.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        }
    }

    private void finish(int number) {
        for (int next : waiting.get(number)) {
            if (missing.get(next).decrementAndGet() == 0) {
                ready.add(next);
            }
        }
        left.countDown();
    }

    private void act(int number, Sides sides) throws IOException {
        Step step = steps.get(number);
        String manifest = "/v2/" + step.repository() + "/manifests/" + step.name();
        switch (step.kind()) {
            case GET -> bodies.put(number, sides.source()
                    .get(manifest)
                    .expect(200, "get " + manifest)
                    .body());
            case LOOK -> sides.target().get(manifest).expect(200, "look at " + manifest);
            case PUT -> sides.target()
                    .send("PUT", manifest, step.type(), ByteBuffer.wrap(bodies.get(step
                            .after()
                            .getFirst())))
                    .expect(201, "put " + manifest);
            case BLOB -> sides.source()
                    .relay("/v2/" + step.repository() + "/blobs/" + step.name(), sides.target(),
                            "/v2/" + step.repository() + "/blobs/uploads/", step.name());
        }
    }
}
