package org.nd4j.nativeblas;

import org.millrace.deep.dl4j.kernel.NativeKernels;

/**
 * DL4J's oneDNN helpers ask a class of this name whether they may run. ND4J has moved its own to
 * another package, so that without this one the helpers never run.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** What the helpers ask, by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    public static Environment getInstance() {
      return INSTANCE;
    }

    @SuppressWarnings("MethodCanBeStatic") // The helpers call it on the instance.
    public boolean isUseMKLDNN() {
      return NativeKernels.oneDnn();
    }
  }
}
