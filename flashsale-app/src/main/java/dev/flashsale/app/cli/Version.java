package dev.flashsale.app.cli;

import picocli.CommandLine.IVersionProvider;

/** What the packaged program says about itself. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"Flashsale " + (version == null ? "(not packaged)" : version)};
    }
}
