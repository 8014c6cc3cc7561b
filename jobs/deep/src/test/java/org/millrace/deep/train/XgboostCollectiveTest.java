package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.deep.train.RanksAsThreads.HERE;
import static org.millrace.deep.train.RanksAsThreads.buffer;
import static org.millrace.deep.train.RanksAsThreads.sumFloats;
import static org.millrace.deep.train.RanksAsThreads.sumOfOnes;
import static org.millrace.deep.train.RanksAsThreads.together;
import static org.millrace.deep.train.RanksAsThreads.tracked;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks as threads, which is what the native library tells them by. */
@Timeout(60)
class XgboostCollectiveTest {
  @Test
  void sumsAreTheSameOnEveryRankAndEveryTime() throws InterruptedException {
    int numbers = 10_007;
    RanksAsThreads.TrackedWork work =
        (rank, tracker) -> {
          try (Collective collective = XgboostCollective.join(tracker, rank, 3, 20)) {
            ByteBuffer floats = buffer(numbers * Float.BYTES);
            for (int i = 0; i < numbers; i++) {
              floats.putFloat(i * Float.BYTES, (float) Math.sin(i * 31.0 + rank) * (rank + 1));
            }
            sumFloats(collective, floats);
            for (int i = 0; i < numbers; i++) {
              double sum = 0;
              for (int r = 0; r < 3; r++) {
                sum += (float) Math.sin(i * 31.0 + r) * (r + 1);
              }
              assertThat(Math.abs(floats.getFloat(i * Float.BYTES) - sum)).isLessThan(1e-5);
            }
            return Long.toHexString(ParameterHash.of(floats.asFloatBuffer()));
          }
        };
    List<String> first = tracked(3, 20, work);
    assertThat(first).allMatch(hash -> hash.equals(first.get(0))).doesNotContain("0");
    assertThat(tracked(3, 20, work)).isEqualTo(first);
  }

  @Test
  void aClosedPortIsToldOnEveryRank() throws InterruptedException {
    // Port 1 is no one's; a closed port answers at once, whatever the timeout.
    List<String> told =
        together(
            2,
            rank ->
                "met " + XgboostCollective.join(new Tracker.Address(HERE, 1), rank, 2, 50).rank());
    for (int rank = 0; rank < 2; rank++) {
      assertThat(told.get(rank))
          .startsWith("CollectiveFailure: rank " + rank + " of 2")
          .contains("127.0.0.1:1 refuses connections");
    }
  }

  /** A port whose queue is full is as silent as one behind a firewall that drops what comes. */
  @Test
  void aSilentPortIsGivenUpOnEveryRank() throws Exception {
    List<Socket> queued = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        queued.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      String address = HERE + ":" + full.getLocalPort();
      for (String told : joining(full.getLocalPort())) {
        assertThat(told).contains("could not meet", address + " does not answer: a firewall");
      }
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  @Test
  void aPortThatTakesConnectionsAndSaysNothingIsGivenUpOnEveryRank() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String told : joining(mute.getLocalPort())) {
        assertThat(told).contains("could not meet", "answers; another rank did not come");
      }
    }
  }

  private static List<String> joining(int port) throws InterruptedException {
    Tracker.Address tracker = new Tracker.Address(HERE, port);
    return together(2, rank -> "met " + XgboostCollective.join(tracker, rank, 2, 2).rank());
  }

  @Test
  void anUnknownHostIsTold() throws InterruptedException {
    List<String> told =
        together(
            1,
            rank ->
                "met "
                    + XgboostCollective.join(
                            new Tracker.Address("no-such-host.invalid", 80), rank, 2, 50)
                        .rank());
    assertThat(told.get(0)).contains("host of no-such-host.invalid:80 is not known here");
  }

  @Test
  void aRankThatDoesNotComeIsWaitedForNoLongerThanAllowed() throws InterruptedException {
    long from = System.nanoTime();
    List<String> told =
        tracked(
            2,
            2,
            (rank, tracker) ->
                rank == 1 ? "absent" : "met " + XgboostCollective.join(tracker, rank, 2, 2).rank());
    assertThat(told.get(0)).contains("rank 0 of 2 could not meet", "within 2 s");
    assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void aRankThatEndsIsMissedAtOnce() throws InterruptedException {
    long from = System.nanoTime();
    List<String> told =
        tracked(
            2,
            30,
            (rank, tracker) -> {
              Collective collective = XgboostCollective.join(tracker, rank, 2, 30);
              double two = sumOfOnes(collective);
              return rank == 1 ? "left after " + two : "" + sumOfOnes(collective);
            });
    assertThat(told.get(1)).isEqualTo("left after 2.0");
    assertThat(told.get(0)).startsWith("CollectiveFailure: rank 0 of 2 was cut off");
    assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void aRankThatHangsIsWaitedForNoLongerThanAllowed() throws InterruptedException {
    List<String> told =
        tracked(
            2,
            2,
            (rank, tracker) -> {
              Collective collective = XgboostCollective.join(tracker, rank, 2, 2);
              if (rank == 1) {
                Thread.sleep(5_000);
                return "hung";
              }
              return "" + sumOfOnes(collective);
            });
    assertThat(told.get(0))
        .startsWith("CollectiveFailure: rank 0 of 2 heard nothing of another rank for 2 s");
  }
}
