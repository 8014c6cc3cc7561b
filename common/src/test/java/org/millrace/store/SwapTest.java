package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.ExitCode;
import org.millrace.testing.Forked;

final class SwapTest {
  @TempDir Path folder;
  private Root root;
  private Root.Partition target;

  @BeforeEach
  void root() {
    root = Root.open(folder.toString(), new Configuration());
    target = KillMain.target(root);
  }

  private Path file() {
    return folder.resolve(target.relative()).resolve("part");
  }

  @Test
  void replacesAPartitionAndLeavesNothingBehind() throws IOException {
    assertThat(new Swap(root).publish("r1", KillMain.stage(root, "r1", "one"), target)).isZero();
    assertThat(new Swap(root).publish("r2", KillMain.stage(root, "r2", "two"), target))
        .isPositive();

    assertThat(file()).hasContent("two");
    assertThat(folder.resolve(".staging/r1")).isEmptyDirectory();
    assertThat(folder.resolve(".staging/r2")).isEmptyDirectory();
    new Swap(root).remove("r3", target);
    new Swap(root).remove("r3", target);
    assertThat(folder.resolve(target.relative())).doesNotExist();
  }

  @Test
  void putsTheFormerOneBackWhereTheNewOneIsNotThere() {
    new Swap(root).publish("r1", KillMain.stage(root, "r1", "one"), target);

    stops(
            ExitCode.FAILED,
            () ->
                new Swap(root)
                    .publish("r2", new org.apache.hadoop.fs.Path(root.path(), "none"), target))
        .contains("cannot be published");
    assertThat(file()).hasContent("one");
  }

  @Test
  void theGapBetweenTheRenamesIsShort() {
    long[] gaps = new long[200];
    for (int i = -1; i < gaps.length; i++) {
      long gap = new Swap(root).publish("r", KillMain.stage(root, "r", "" + i), target);
      gaps[Math.max(i, 0)] = gap;
    }
    Arrays.sort(gaps);

    System.out.printf(
        "gap between the renames: median %d us, 99 %% %d us, most %d us%n",
        gaps[100] / 1000, gaps[198] / 1000, gaps[199] / 1000);
    assertThat(gaps[100]).isLessThan(100_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aRunKilledAtARenameIsMendedByTheNextOne(int rename) throws Exception {
    new Swap(root).publish("r1", KillMain.stage(root, "r1", "one"), target);

    Forked.Ended ended = Forked.run(KillMain.class, folder.toString(), "" + rename).within(60);

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(rename == 3 ? 0 : 9);
    assertThat(Files.exists(file())).isEqualTo(rename != 2);
    assertThat(folder.resolve(".locks/films/dead.lock")).exists();
    try (RunLock lock = RunLock.take(root, "films", "next", new Swap(root)::mend)) {
      assertThat(file()).hasContent(rename == 3 ? "two" : "one");
      assertThat(folder.resolve(".staging/dead")).doesNotExist();
      assertThat(folder.resolve(".locks/films/dead.lock")).doesNotExist();
      lock.confirm();
      new Swap(root).publish("next", KillMain.stage(root, "next", "three"), target);
    }
    assertThat(file()).hasContent("three");
  }
}
