package org.millrace.deep.train;

import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.Stop;

/** Which device Spark has given to a task. */
public final class TaskSlot {
  private static final String GPU = "gpu";

  private TaskSlot() {}

  /**
   * @throws Stop where the address of the GPU is not a number
   */
  public static Slot of(TaskContext task) {
    ResourceInformation gpu = task.resourcesJMap().get(GPU);
    if (gpu == null || gpu.addresses().length == 0) {
      return Slot.CPU;
    }
    String address = gpu.addresses()[0];
    try {
      return new Slot(Integer.parseInt(address));
    } catch (NumberFormatException e) {
      throw Stop.usage(
          "the discovery script of resource gpu gave the address '%s'; accepted: the GPU's number, 0 or more",
          address);
    }
  }
}
