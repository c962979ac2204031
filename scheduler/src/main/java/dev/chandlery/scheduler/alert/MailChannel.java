package dev.chandlery.scheduler.alert;

import dev.chandlery.config.operation.AlertsSpec.Mail;
import dev.chandlery.config.operation.AlertsSpec.MailServer;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.TransferException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.function.Function;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Sends a mail; names of servers are checked where the connection is private, and it has to be. */
record MailChannel(Mail spec, Function<SecretReference, String> secrets, SocketFactory sockets)
        implements
        Channel {
    private static final String PATIENCE_MILLIS = "20000";

    /** One that trusts whom Java trusts. */
    MailChannel(Mail spec, Function<SecretReference, String> secrets) {
        this(spec, secrets, SSLSocketFactory.getDefault());
    }

    @Override
    public void send(Message message) {
        MailServer server = spec.server();
        Session session = Session.getInstance(settings(server));
        String protocol = protocol(server);
        try (Transport transport = session.getTransport(protocol)) {
            MimeMessage mail = mail(session, message);
            transport.connect(server.host(), server.port(), server.username().orElse(null), server
                    .password()
                    .map(secrets)
                    .orElse(null));
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            throw new TransferException("cannot send a mail by " + server.host() + ":" + server
                    .port() + ": " + cause(e), e, true);
        }
    }

    private MimeMessage mail(Session session, Message message) throws MessagingException {
        InternetAddress from = new InternetAddress(spec.from());
        String address = from.getAddress();
        MimeMessage mail = new KeyedMail(session, EventKeys.of(message) + address.substring(Math
                .max(
                        0, address.indexOf('@'))));
        mail.setFrom(from);
        for (String receiver : spec.to()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(receiver));
        }
        String charset = StandardCharsets.UTF_8.name();
        mail.setSubject(Texts.title(message).replaceAll("\\p{Cntrl}", " "), charset);
        mail.setText(Texts.plain(message), charset);
        mail.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no answers from holidays
        mail.setSentDate(Date.from(message.at()));
        return mail;
    }

    private static String protocol(MailServer server) {
        return switch (server.security()) {
            case TLS -> "smtps";
            case STARTTLS, NONE -> "smtp";
        };
    }

    private Properties settings(MailServer server) {
        String prefix = "mail." + protocol(server) + ".";
        Properties settings = new Properties();
        settings.put(prefix + "connectiontimeout", PATIENCE_MILLIS);
        settings.put(prefix + "timeout", PATIENCE_MILLIS);
        settings.put(prefix + "writetimeout", PATIENCE_MILLIS);
        settings.put(prefix + "ssl.checkserveridentity", "true");
        settings.put(prefix + "ssl.socketFactory", sockets);
        settings.put(prefix + "auth", Boolean.toString(server.username().isPresent()));
        boolean upgrade = switch (server.security()) {
            case STARTTLS -> true;
            case TLS, NONE -> false;
        };
        settings.put(prefix + "starttls.enable", Boolean.toString(upgrade));
        settings.put(prefix + "starttls.required", Boolean.toString(upgrade));
        return settings;
    }

    /** Servers' answers have several lines, and none has the password. */
    private static String cause(MessagingException e) {
        String text = String.valueOf(e.getMessage());
        return text.lines().findFirst().orElse(text);
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "mail by " + spec.server().host();
    }
}
