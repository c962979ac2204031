package dev.chandlery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, for {@code --version} and for what we tell other machines. */
public final class ProgramVersion implements IVersionProvider {

    /** Such as {@code 0.1.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(ProgramVersion.class.getResourceAsStream(
                "version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read version.properties in this program", e);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[]{"${COMMAND-FULL-NAME} " + current()};
    }
}
