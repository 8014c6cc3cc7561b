package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.deep.train.RanksAsThreads.buffer;
import static org.millrace.deep.train.RanksAsThreads.sumFloats;
import static org.millrace.deep.train.RanksAsThreads.sumOfOnes;
import static org.millrace.deep.train.RanksAsThreads.together;
import static org.millrace.deep.train.RanksAsThreads.tracked;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.testing.Forked;

/** Ranks as threads with mappings of their own, or as processes where they are killed. */
@Timeout(60)
class SharedCollectiveTest {
  private static final int CAPACITY = 100_000;

  @TempDir Path folder;

  private Path segment(int ranks) {
    return new SegmentFiles(folder).create(ranks, CAPACITY).orElseThrow();
  }

  private static SharedCollective join(Path file, int rank, int ranks, int timeoutSeconds)
      throws IOException {
    Segment segment = Segment.map(file, ranks, CAPACITY);
    return new SharedCollective(segment, rank, timeoutSeconds, () -> false);
  }

  /** Hashes of sums of vectors of some lengths, which round differently in every order. */
  private static String sums(Collective collective) {
    StringBuilder hashes = new StringBuilder();
    for (int count : new int[] {1, 2, 3, 4, 5, 7, 10_007}) {
      ByteBuffer floats = buffer(count * Float.BYTES);
      ByteBuffer doubles = buffer(count * Double.BYTES);
      for (int i = 0; i < count; i++) {
        double number = Math.sin(i * 31.0 + collective.rank()) * Math.pow(7, collective.rank());
        floats.putFloat(i * Float.BYTES, (float) number);
        doubles.putDouble(i * Double.BYTES, number);
      }
      sumFloats(collective, floats);
      collective.sumDoubles(doubles, count);
      hashes.append(Long.toHexString(ParameterHash.of(floats.asFloatBuffer()))).append(' ');
      hashes.append(doubles.asLongBuffer().hashCode()).append(' ');
    }
    return hashes.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void sumsAreThoseOfXgboostBitForBit(int ranks) throws InterruptedException {
    List<String> byTcp =
        tracked(
            ranks,
            20,
            (rank, tracker) -> {
              try (Collective collective = XgboostCollective.join(tracker, rank, ranks, 20)) {
                return sums(collective);
              }
            });
    Path file = segment(ranks);
    List<String> shared = together(ranks, rank -> sums(join(file, rank, ranks, 20)));
    assertThat(shared).isEqualTo(byTcp).allMatch(s -> s.equals(byTcp.get(0)));
    assertThat(byTcp.get(0)).hasSizeGreaterThan(100);
  }

  @Test
  void noSumIsMixedWithTheNext() throws InterruptedException {
    Path file = segment(3);
    List<String> told =
        together(
            3,
            rank -> {
              SharedCollective collective = join(file, rank, 3, 20);
              for (int round = 0; round < 2_000; round++) {
                int count = 1 + round * 37 % 300;
                ByteBuffer floats = buffer(count * Float.BYTES);
                for (int i = 0; i < count; i++) {
                  floats.putFloat(i * Float.BYTES, (rank + 1) * (round + i));
                }
                sumFloats(collective, floats);
                for (int i = 0; i < count; i++) {
                  if (floats.getFloat(i * Float.BYTES) != 6 * (round + i)) {
                    return "round " + round + ", number " + i + ": " + floats.getFloat(i * 4);
                  }
                }
              }
              return "right";
            });
    assertThat(told).containsOnly("right");
  }

  @Test
  void aRankThatLeavesIsMissedAtOnce() throws InterruptedException {
    Path file = segment(2);
    long from = System.nanoTime();
    List<String> told =
        together(
            2,
            rank -> {
              try (SharedCollective collective = join(file, rank, 2, 30)) {
                double two = sumOfOnes(collective);
                return rank == 1 ? "left after " + two : "" + sumOfOnes(collective);
              }
            });
    assertThat(told.get(1)).isEqualTo("left after 2.0");
    assertThat(told.get(0)).startsWith("CollectiveFailure: rank 0 of 2 was cut off by rank 1");
    assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void aRankThatHangsOrDoesNotComeIsWaitedForNoLongerThanAllowed() throws InterruptedException {
    Path file = segment(2);
    List<String> told =
        together(2, rank -> rank == 1 ? "absent" : "met " + join(file, 0, 2, 1).ranks());
    assertThat(told.get(0))
        .startsWith("CollectiveFailure: rank 0 of 2 heard nothing of rank 1 for 1 s");
  }

  @Test
  void aRankThatNobodyWaitsForEnds() throws InterruptedException {
    Path file = segment(2);
    List<String> told =
        together(
            2,
            rank -> {
              Segment segment = Segment.map(file, 2, CAPACITY);
              SharedCollective collective =
                  new SharedCollective(segment, rank, 50, () -> rank == 0);
              return rank == 1 ? "silent" : "" + sumOfOnes(collective);
            });
    assertThat(told.get(0)).startsWith("CancelledException");
  }

  /** Joins as rank 1 and is silent from then on. */
  static final class Silent {
    private Silent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      SharedCollective collective = join(Path.of(arguments[0]), 1, 2, 50);
      System.out.println(sumOfOnes(collective));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void aKilledProcessIsMissedAtOnce() throws IOException, InterruptedException {
    Path file = segment(2);
    Forked other = Forked.run(Silent.class, file.toString());
    SharedCollective collective = join(file, 0, 2, 50);
    assertThat(sumOfOnes(collective)).isEqualTo(2);
    long from = System.nanoTime();
    other.kill();
    assertThatThrownBy(() -> sumOfOnes(collective))
        .isInstanceOf(CollectiveFailure.class)
        .hasMessageStartingWith("rank 0 of 2 was cut off by rank 1: its process has ended");
    assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(other.within(10).exitCode()).isEqualTo(128 + 9);
  }

  /** Leaves a file behind. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      System.out.println(new SegmentFiles(Path.of(arguments[0])).create(2, CAPACITY));
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void whatAKilledProcessLeftIsClearedAway() throws IOException, InterruptedException {
    assertThat(Forked.run(Killed.class, folder.toString()).within(30).exitCode())
        .isEqualTo(128 + 9);
    Path living = segment(2);
    Path alien = Files.createFile(folder.resolve("millrace-ranks-of-someone"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(living, alien);
    }
    segment(2);
    assertThat(living).exists();
  }

  @Test
  void withoutTheFolderThereIsNoSegment() {
    assertThat(new SegmentFiles(folder.resolve("none")).create(2, CAPACITY)).isEmpty();
  }

  @Test
  void moreThanThereIsRoomForIsABug() throws InterruptedException {
    Path file = segment(2);
    List<String> told =
        together(
            2,
            rank -> {
              join(file, rank, 2, 20).sumDoubles(buffer(8), CAPACITY);
              return "";
            });
    assertThat(told.get(1))
        .isEqualTo(
            "IllegalArgumentException: 800000 bytes are more than the ranks have room for: 100000");
  }
}
