package dev.chandlery.trust.sign;

import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.statement.Statement;

/**
 * A statement whose signature is good.
 *
 * @param statement what was signed
 * @param key that signed it
 */
public record SignedStatement(Statement statement, VerificationKey key) {}
