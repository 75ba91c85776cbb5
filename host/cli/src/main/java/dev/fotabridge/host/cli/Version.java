package dev.fotabridge.host.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** This program's version, from the manifest of its jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"fota-bridge " + number()};
    }

    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
