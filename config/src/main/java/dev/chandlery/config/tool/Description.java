package dev.chandlery.config.tool;

import java.net.URI;
import java.util.Optional;

/**
 * What people read about a tool; becomes annotations.
 *
 * @param text empty when there is none
 * @param license as an SPDX expression
 * @param homepage of the project
 */
public record Description(String text, Optional<String> license, Optional<URI> homepage) {}
