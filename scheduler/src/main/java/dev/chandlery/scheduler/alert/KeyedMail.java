package dev.chandlery.scheduler.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

/** A mail whose Message-ID says what it tells, so that mailboxes know it when it comes twice. */
final class KeyedMail extends MimeMessage {
    private final String key;

    /** @param key {@code local@domain} */
    KeyedMail(Session session, String key) {
        super(session);
        this.key = key;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + key + ">");
    }
}
