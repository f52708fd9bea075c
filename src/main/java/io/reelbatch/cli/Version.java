package io.reelbatch.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = getClass().getPackage().getImplementationVersion();
    return new String[] {
      "reelbatch " + (version == null ? "(not packaged)" : version),
      "Java " + System.getProperty("java.version") + " " + System.getProperty("java.vendor")
    };
  }
}
