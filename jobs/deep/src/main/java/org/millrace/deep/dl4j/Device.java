package org.millrace.deep.dl4j;

import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.Stop;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a task's thread on its own device. */
final class Device {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  /** For tests of a cluster's scheduling, with GPUs that it only believes to have. */
  private static final String ON_PROCESSOR = "millrace.deep.gpu-on-processor";

  private Device() {}

  /**
   * Before the first array of the thread.
   *
   * @throws Stop exit 1 where the task has a GPU and ND4J would run on the CPU
   */
  static void use(Slot slot) {
    if (slot.gpu() < 0) {
      return;
    }
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    if (Nd4j.getBackend().getEnvironment().isCPU()) {
      if (Boolean.getBoolean(ON_PROCESSOR)) {
        LOG.warn(
            "GPU {} is the task's, and {} lets it compute on the CPU", slot.gpu(), ON_PROCESSOR);
        return;
      }
      throw Stop.failed(
          "the task has GPU %d, but ND4J runs on the CPU (%s); use a build with the profile gpu on"
              + " a machine whose driver knows CUDA 11.6, or ask for no GPUs",
          slot.gpu(), backend);
    }
    int devices = Nd4j.getAffinityManager().getNumberOfDevices();
    // A container sees only its own GPU, as number 0, whatever its address is on the machine.
    int device = slot.gpu() < devices ? slot.gpu() : 0;
    Nd4j.getAffinityManager().unsafeSetDevice(device);
  }
}
