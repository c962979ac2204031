package dev.chandlery.scheduler.quartz;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.quartz.spi.ThreadPool;

/** Quartz's thread pool: a virtual thread for each job, up to a number. Made by Quartz, by its name. */
public final class VirtualThreadPool implements ThreadPool {
    private static final int SIZE = 64;

    private final Semaphore permits = new Semaphore(SIZE);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public boolean runInThread(Runnable work) {
        if (closed) {
            return false;
        }
        permits.acquireUninterruptibly();
        Thread thread = Thread.ofVirtual().name("quartz-job").unstarted(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
                permits.release();
            }
        });
        running.add(thread);
        thread.start();
        return true;
    }

    @Override
    public int blockForAvailableThreads() {
        permits.acquireUninterruptibly();
        permits.release();
        return Math.max(1, permits.availablePermits());
    }

    @Override
    public void initialize() {
        // nothing is made beforehand
    }

    @Override
    public void shutdown(boolean waitForJobsToComplete) {
        closed = true;
        if (waitForJobsToComplete) {
            running.forEach(VirtualThreadPool::join);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int getPoolSize() {
        return SIZE;
    }

    @Override
    public void setInstanceId(String id) {
        // threads need no name of the node
    }

    @Override
    public void setInstanceName(String name) {
        // nor of the scheduler
    }
}
