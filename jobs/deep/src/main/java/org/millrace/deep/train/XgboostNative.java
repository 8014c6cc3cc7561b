package org.millrace.deep.train;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * The collective library inside XGBoost, which is allowed for here by its native functions: its
 * public Java class {@code Communicator} drops the return code of an all-reduce, and gives back
 * un-summed numbers when another rank has died. Handles rather than a class of ours in XGBoost's
 * package, because a cluster may load XGBoost and us by different class loaders.
 *
 * <p>The library keeps a communicator a thread: the ranks of one JVM do not meet each other's.
 */
final class XgboostNative {
  static final int FLOAT = 1;
  static final int DOUBLE = 2;

  private static final int SUM = 2;
  private static final int OK = 0;

  /** Ranks in the order of their task ids: sums of three and more are then the same every time. */
  private static final int BY_TASK = 1;

  private static final MethodHandle TRACKER_CREATE =
      handle(
          "TrackerCreate", String.class, int.class, int.class, int.class, long.class, long[].class);
  private static final MethodHandle TRACKER_RUN = handle("TrackerRun", long.class);
  private static final MethodHandle TRACKER_ARGUMENTS =
      handle("TrackerWorkerArgs", long.class, long.class, String[].class);
  private static final MethodHandle TRACKER_FREE = handle("TrackerFree", long.class);
  private static final MethodHandle JOIN = handle("CommunicatorInit", String.class);
  private static final MethodHandle LEAVE = handle("CommunicatorFinalize");
  private static final MethodHandle ALL_REDUCE =
      handle("CommunicatorAllreduce", ByteBuffer.class, int.class, int.class, int.class);
  private static final MethodHandle LAST_ERROR = handle(String.class, "XGBGetLastError");

  private XgboostNative() {}

  /** A native call that said no; its message is the library's own, many lines long. */
  static final class NativeError extends Exception {
    private static final long serialVersionUID = 1L;

    NativeError(String message) {
      super(message);
    }
  }

  static long createTracker(String host, int ranks, int timeoutSeconds) throws NativeError {
    long[] tracker = new long[1];
    try {
      check(
          (int)
              TRACKER_CREATE.invokeExact(host, ranks, 0, BY_TASK, (long) timeoutSeconds, tracker));
      check((int) TRACKER_RUN.invokeExact(tracker[0]));
      return tracker[0];
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  /** JSON with the tracker's host and port. */
  static String trackerArguments(long tracker) throws NativeError {
    String[] arguments = new String[1];
    try {
      check((int) TRACKER_ARGUMENTS.invokeExact(tracker, 0L, arguments));
      return arguments[0];
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  static void freeTracker(long tracker) throws NativeError {
    try {
      check((int) TRACKER_FREE.invokeExact(tracker));
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  static void join(String arguments) throws NativeError {
    try {
      check((int) JOIN.invokeExact(arguments));
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  static void leave() throws NativeError {
    try {
      check((int) LEAVE.invokeExact());
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  static void sum(ByteBuffer direct, int count, int type) throws NativeError {
    try {
      check((int) ALL_REDUCE.invokeExact(direct, count, type, SUM));
    } catch (Throwable e) {
      throw passOn(e);
    }
  }

  private static void check(int code) throws Throwable {
    if (code != OK) {
      throw new NativeError((String) LAST_ERROR.invokeExact());
    }
  }

  private static NativeError passOn(Throwable e) {
    if (e instanceof NativeError error) {
      return error;
    }
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(e);
  }

  private static MethodHandle handle(String name, Class<?>... parameters) {
    return handle(int.class, name, parameters);
  }

  private static MethodHandle handle(Class<?> result, String name, Class<?>... parameters) {
    try {
      Class<?> natives = Class.forName("ml.dmlc.xgboost4j.java.XGBoostJNI");
      return MethodHandles.privateLookupIn(natives, MethodHandles.lookup())
          .findStatic(natives, name, MethodType.methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("XGBoost has no native function " + name, e);
    }
  }
}
