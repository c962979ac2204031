package dev.chandlery.scheduler.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server for one test: TLS from the start, after STARTTLS, or none. It has the user {@code robot} with the
 * password {@code s3cret}.
 */
final class SmtpServer implements AutoCloseable {

    /** When a connection becomes private. */
    enum Privacy {
        FROM_THE_START,
        WHEN_ASKED,
        NEVER
    }

    private final ServerSocket server;
    private final SSLContext context;
    private final Privacy privacy;
    private final List<String> open = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    private SmtpServer(ServerSocket server, SSLContext context, Privacy privacy) {
        this.server = server;
        this.context = context;
        this.privacy = privacy;
    }

    static SmtpServer start(SSLContext context, Privacy privacy) throws IOException {
        SmtpServer started = new SmtpServer(new ServerSocket(0, 8, InetAddress
                .getLoopbackAddress()), context, privacy);
        Thread.ofVirtual().start(started::accept);
        return started;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Lines that everybody on the way could read. */
    List<String> open() {
        return List.copyOf(open);
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    /** Whole, as they came. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(privacy == Privacy.FROM_THE_START ? secured(socket) : socket);
            } catch (IOException _) {
                // the client did not like it, or the test is over
            }
        }
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, null, false);
        secured.startHandshake();
        return secured;
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                StandardCharsets.UTF_8));
        if (!(socket instanceof SSLSocket) || privacy == Privacy.FROM_THE_START) {
            say(socket, "220 mail.example ESMTP");
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            commands.add(line);
            if (!(socket instanceof SSLSocket)) {
                open.add(line);
            }
            String word = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            switch (word) {
                case "EHLO" -> say(socket, "250-mail.example\r\n" + (privacy == Privacy.WHEN_ASKED
                        && !(socket instanceof SSLSocket) ? "250-STARTTLS\r\n" : "")
                        + "250 AUTH PLAIN");
                case "STARTTLS" -> {
                    say(socket, "220 go on");
                    talk(secured(socket));
                    return;
                }
                case "AUTH" -> say(socket, right(line)
                        ? "235 welcome"
                        : "535 5.7.8 wrong user or password");
                case "DATA" -> {
                    say(socket, "354 go on");
                    mails.add(data(reader));
                    say(socket, "250 taken");
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return;
                }
                default -> say(socket, "250 fine");
            }
        }
    }

    private static boolean right(String line) {
        String[] words = line.split(" ", -1);
        return words.length == 3 && new String(Base64.getDecoder().decode(words[2]),
                StandardCharsets.UTF_8).endsWith("\0robot\0s3cret");
    }

    private static String data(BufferedReader reader) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.equals("."); line = reader
                .readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
