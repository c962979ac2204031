package dev.chandlery.oci.concurrent;

import dev.chandlery.oci.OperationCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Subtasks that live no longer than the block that forked them: each on a thread of its own; the
 * first failure interrupts the others; closing waits until all have ended. The shape is that of the
 * platform's {@code StructuredTaskScope}, which is still a preview.
 *
 * <p><b>Concurrency:</b> to be forked and joined by the thread that opened it.
 *
 * @param <T> what subtasks give
 */
public final class TaskScope<T> implements AutoCloseable {
    private final ExecutorService executor;
    private final CompletionService<T> ended;
    private final List<Future<T>> tasks = new ArrayList<>();

    /** @param name of the threads, for dumps */
    public TaskScope(String name) {
        this(Thread.ofVirtual().name(name + "-", 0));
    }

    private TaskScope(Thread.Builder threads) {
        this.executor = Executors.newThreadPerTaskExecutor(threads.factory());
        this.ended = new ExecutorCompletionService<>(executor);
    }

    /** Starts a subtask. */
    public void fork(Callable<T> task) {
        tasks.add(ended.submit(RunId.inherited(task)));
    }

    /**
     * Waits for all subtasks; their results come in the order of forking.
     *
     * @throws OperationCancelledException when this thread is interrupted; subtasks are then, too
     */
    public List<T> join() {
        for (int i = 0; i < tasks.size(); i++) {
            awaitNext();
        }
        return tasks.stream().map(Future::resultNow).toList();
    }

    /** Applies the function to each element at once; results come in the order of the elements. */
    public static <I, O> List<O> mapAll(String name, List<I> inputs, Function<I, O> function) {
        try (TaskScope<O> scope = new TaskScope<>(name)) {
            inputs.forEach(input -> scope.fork(() -> function.apply(input)));
            return scope.join();
        }
    }

    /**
     * Lets a thread of the operating system do what computes for long and waits for nothing, such as compressing.
     * There are as many carriers of virtual threads as processors, and none is taken from a thread that computes:
     * all that waits for the network would stand still meanwhile.
     *
     * @throws OperationCancelledException when this thread is interrupted; the other one is then, too
     */
    public static <O> O compute(String name, Callable<O> work) {
        try (TaskScope<O> scope = new TaskScope<>(Thread.ofPlatform().daemon().name(name))) {
            scope.fork(work);
            return scope.join().getFirst();
        }
    }

    /** Interrupts what still runs and waits for it. */
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }

    /** Waits for the next subtask to end, whichever it is; a failed one ends the others. */
    private void awaitNext() {
        try {
            ended.take().get();
        } catch (InterruptedException _) {
            cancelAll();
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        } catch (ExecutionException e) {
            cancelAll();
            throw unchecked(e.getCause());
        }
    }

    private void cancelAll() {
        tasks.forEach(task -> task.cancel(true));
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new IllegalStateException("a task failed without a cause");
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }
}
