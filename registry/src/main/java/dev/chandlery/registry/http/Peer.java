package dev.chandlery.registry.http;

/**
 * Who is at the other end of a connection.
 *
 * @param address numeric, without a port; empty when it is not a network's
 * @param secure whether the connection is encrypted up to here
 */
public record Peer(String address, boolean secure) {}
