package dev.chandlery.scheduler.alert;

import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** Messages as people read them. */
final class Texts {
    private static final int MOST_DETAIL = 1_500;

    private Texts() {}

    /** What it is, in a line. */
    static String headline(Incident incident) {
        String subject = incident.finding().subject().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return switch (incident.finding().kind()) {
            case JOB -> "job " + subject + " fails";
            case REGISTRY -> "registry " + subject + " is not well";
            case DRIFT -> "upstream changed " + subject;
            case VERIFICATION -> subject + " does not agree with its evidence";
        };
    }

    static String headline(Pending pending) {
        return (pending.resolved() ? "RESOLVED: " : "") + headline(pending.incident());
    }

    /** Subject of a mail, title of a message. */
    static String title(Message message) {
        String first = headline(message.all().getFirst());
        int more = message.all().size() - 1;
        return message.place() + ": " + first + (more == 0 ? "" : " (and " + more + " more)");
    }

    /** When, and what is known. */
    static String detail(Pending pending) {
        Incident incident = pending.incident();
        String since = "since " + incident.opened().truncatedTo(ChronoUnit.SECONDS);
        String time = incident.resolved()
                .filter(_ -> pending.resolved())
                .map(end -> since + ", for " + text(Duration.between(incident.opened(), end)))
                .orElse(since);
        return time + "\n" + cut(incident.finding().text());
    }

    /** All of it, as a plain text. */
    static String plain(Message message) {
        return message.all()
                .stream()
                .map(each -> headline(each) + "\n" + detail(each).indent(2).stripTrailing())
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String cut(String text) {
        return text.length() <= MOST_DETAIL ? text : text.substring(0, MOST_DETAIL - 1) + "…";
    }

    private static String text(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
