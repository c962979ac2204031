package dev.chandlery.testkit.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One connection of a client, served until an answer breaks it or the client leaves. */
record Connection(Socket socket, Consumer<String> begun, Function<Request, Answer> script) {

    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean open = true;
            while (open) {
                Optional<Request> request = Request.read(in, begun);
                open = request.isPresent() && answer(request.get(), in);
            }
        } catch (IOException _) {
            // The client left in the middle, or the registry was closed: both are wanted here.
        }
    }

    private boolean answer(Request request, InputStream in) throws IOException {
        Answer answer = script.apply(request);
        OutputStream out = socket.getOutputStream();
        out.write(answer.head().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            deliver(answer, in, out);
        }
        return answer.keepsConnection();
    }

    private void deliver(Answer answer, InputStream in, OutputStream out) throws IOException {
        byte[] body = answer.body().toArray();
        switch (answer.delivery()) {
            case Answer.Delivery.Whole _ -> out.write(body);
            case Answer.Delivery.Cut(int count) -> out.write(body, 0, count);
            case Answer.Delivery.Reset(int count) -> {
                out.write(body, 0, count);
                out.flush();
                socket.setSoLinger(true, 0);
            }
            case Answer.Delivery.Stall(int count) -> {
                out.write(body, 0, count);
                // Nothing comes before the client gives up.
                in.transferTo(OutputStream.nullOutputStream());
            }
            case Answer.Delivery.Drip(Duration between) -> drip(body, between, out);
            case Answer.Delivery.Endless _ -> {
                while (!socket.isClosed()) {
                    out.write(body);
                }
            }
        }
    }

    private static void drip(byte[] body, Duration between, OutputStream out) throws IOException {
        for (byte one : body) {
            out.write(one);
            try {
                Thread.sleep(between);
            } catch (InterruptedException _) {
                return;
            }
        }
    }
}
