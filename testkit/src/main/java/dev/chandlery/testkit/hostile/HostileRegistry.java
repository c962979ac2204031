package dev.chandlery.testkit.hostile;

import dev.chandlery.oci.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A registry on real sockets that is honest, by {@link #plain}, until a rule says otherwise: the first rule
 * that fits a request answers it. Plain HTTP on a free port of loopback.
 *
 * <p><b>Concurrency:</b> safe; each connection has a thread, and all end when it is closed.
 */
public final class HostileRegistry implements AutoCloseable {
    private final ServerSocket server;
    private final PlainRegistry plain = new PlainRegistry();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Consumer<String> begun = _ -> {};

    private record Rule(String method, Pattern path, AtomicInteger left,
            Predicate<Request> condition, Function<Request, Answer> script) {

        boolean fits(Request request) {
            return method.equals(request.method())
                    && condition.test(request)
                    && path.matcher(request.target().getPath()).matches()
                    && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private HostileRegistry(ServerSocket server) {
        this.server = server;
    }

    public static HostileRegistry start() {
        try {
            HostileRegistry registry = new HostileRegistry(new ServerSocket(0, 50, InetAddress
                    .getLoopbackAddress()));
            Thread.ofVirtual().name("hostile registry").start(registry::accept);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every such request so. */
    public void always(String method, String pathPattern, Function<Request, Answer> script) {
        times(Integer.MAX_VALUE, method, pathPattern, script);
    }

    /** Answers the next such requests so, and later ones as if there were no such rule. */
    public void times(int count, String method, String pathPattern,
            Function<Request, Answer> script) {
        rules.add(new Rule(method, Pattern.compile(pathPattern), new AtomicInteger(count),
                _ -> true,
                script));
    }

    /** Answers requests of that method so that come without credentials. */
    public void unlessAuthorized(String method, Function<Request, Answer> script) {
        when(method, request -> request.header("Authorization").isEmpty(), script);
    }

    /** Answers requests of that method so for which the condition holds. */
    public void when(String method, Predicate<Request> condition,
            Function<Request, Answer> script) {
        rules.add(new Rule(method, Pattern.compile(".*"), new AtomicInteger(Integer.MAX_VALUE),
                condition, script));
    }

    /** Tells the method of each request whose head has come, while its body may still be on its way. */
    public void onBegun(Consumer<String> listener) {
        begun = listener;
    }

    /** The honest part, with what is stored. */
    public PlainRegistry plain() {
        return plain;
    }

    /** All requests until now, in the order in which they came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those of that method whose path fits. */
    public List<Request> requests(String method, String pathPattern) {
        return requests.stream()
                .filter(request -> request.method().equals(method)
                        && request.target().getPath().matches(pathPattern))
                .toList();
    }

    public Registry registry() {
        return new Registry("127.0.0.1", server.getLocalPort());
    }

    /** Its origin with the path behind it. */
    public String uri(String path) {
        return "http://" + registry() + path;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("hostile connection").start(() -> {
                    new Connection(socket, method -> begun.accept(method), this::answer).serve();
                    open.remove(socket);
                });
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private Answer answer(Request request) {
        requests.add(request);
        return rules.stream()
                .filter(rule -> rule.fits(request))
                .findFirst()
                .map(rule -> rule.script.apply(request))
                .orElseGet(() -> plain.answer(request));
    }
}
