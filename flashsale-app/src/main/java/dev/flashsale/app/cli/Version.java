package dev.flashsale.app.cli;

import dev.flashsale.application.FlashsaleVersion;
import picocli.CommandLine.IVersionProvider;

/** What the program says about itself. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"Flashsale " + FlashsaleVersion.current()};
    }
}
