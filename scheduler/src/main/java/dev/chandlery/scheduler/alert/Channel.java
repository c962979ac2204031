package dev.chandlery.scheduler.alert;

/** One way to tell people. */
@FunctionalInterface
public interface Channel {

    /**
     * Tells them; blocking.
     *
     * @throws dev.chandlery.oci.OciException when they could not be told; the message has no secret
     * @throws dev.chandlery.cli.CommandException when a secret is not there
     */
    void send(Message message);
}
