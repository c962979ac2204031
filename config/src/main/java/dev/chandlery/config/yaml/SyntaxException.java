package dev.chandlery.config.yaml;

/** The bytes are not one YAML document. */
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    SyntaxException(Finding finding) {
        super(finding.message());
        this.finding = finding;
    }

    public Finding finding() {
        return finding;
    }
}
