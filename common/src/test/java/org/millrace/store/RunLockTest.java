package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.table.Stops.stops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.ExitCode;
import org.millrace.testing.Forked;

final class RunLockTest {
  @TempDir Path folder;
  private Root root;
  private final List<String> mended = new ArrayList<>();

  @BeforeEach
  void root() {
    root = Root.open(folder.toString(), new Configuration());
  }

  private RunLock take(String runId) {
    return RunLock.take(root, "scores/films", runId, mended::add);
  }

  private Path lockFile(String runId) {
    return folder.resolve(".locks/scores~films/" + runId + ".lock");
  }

  /** Another run's lock file, last touched a while ago. */
  private Path plant(byte[] content, int secondsAgo) throws IOException {
    Path file = lockFile("other");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return touched(file, secondsAgo);
  }

  private static Path touched(Path file, int secondsAgo) throws IOException {
    FileTime time = FileTime.from(Instant.now().minusSeconds(secondsAgo));
    return Files.setLastModifiedTime(file, time);
  }

  private static Owner me() {
    return Owner.me("other");
  }

  private static byte[] elsewhere() throws IOException {
    return new Owner("other", "another-host", "", 1, "", "2026-01-01T00:00:00Z").bytes();
  }

  @Test
  void aSecondRunIsToldOfTheFirst() throws IOException {
    try (RunLock first = take("run-1")) {
      stops(ExitCode.FAILED, () -> take("run-2"))
          .contains("scores/films is being written by run run-1")
          .contains("process " + ProcessHandle.current().pid());
      first.confirm();
      try (Stream<Path> files = Files.list(lockFile("x").getParent())) {
        assertThat(files.filter(f -> f.toString().endsWith(".lock")))
            .containsExactly(lockFile("run-1"));
      }
    }
    assertThat(lockFile("run-1")).doesNotExist();
    take("run-2").close();
    assertThat(mended).isEmpty();
  }

  @Test
  void aDeadRunOfThisHostIsTakenOverAtOnce() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Owner me = me();
    plant(new Owner("other", me.host(), me.processes(), ended.pid(), "", me.since()).bytes(), 0);

    try (RunLock lock = take("run-1")) {
      lock.confirm();
      assertThat(mended).containsExactly("other");
      assertThat(lockFile("other")).doesNotExist();
    }
  }

  @Test
  void aRunThatCannotBeSeenFromHereIsTakenOverAfterSilenceOnly() throws IOException {
    Owner me = me();
    byte[] otherHost = elsewhere();
    byte[] otherContainer =
        new Owner("other", me.host(), "pid:[1]", 999_999_999, "", "2026-01-01T00:00:00Z").bytes();
    byte[] otherStart =
        new Owner("other", me.host(), me.processes(), me.pid(), "x", "2026-01-01T00:00:00Z")
            .bytes();
    for (byte[] owner : List.of(otherHost, otherContainer, otherStart)) {
      plant(owner, RunLock.DEAD_SECONDS - 10);
      stops(ExitCode.FAILED, () -> take("run-1")).contains("being written by run other");
      plant(owner, RunLock.DEAD_SECONDS + 10);
      take("run-1").close();
    }
    assertThat(mended).containsExactly("other", "other", "other");
  }

  @Test
  void aBeatIsASignOfLife() throws IOException {
    plant(elsewhere(), 1000);
    Path beat = Files.write(lockFile("other").resolveSibling("other.beat"), new byte[] {'.'});
    stops(ExitCode.FAILED, () -> take("run-1")).contains("run other");
    touched(beat, 1000);
    take("run-1").close();
    assertThat(beat).doesNotExist();
  }

  @Test
  void aHolderBeats() throws Exception {
    try (RunLock lock = take("run-1")) {
      Path beat = lockFile("run-1").resolveSibling("run-1.beat");
      for (int i = 0; i < 100 && !Files.exists(beat); i++) {
        Thread.sleep(100);
      }
      assertThat(beat).exists();
      lock.confirm();
    }
    try (Stream<Path> files = Files.list(lockFile("x").getParent())) {
      assertThat(files.filter(f -> !f.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"run_id\": \"oth", "[]"})
  void anUnreadableLockIsJudgedByItsAge(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    plant(bytes, 10);
    stops(ExitCode.FAILED, () -> take("run-1"))
        .contains("run other, whose lock does not say where it runs", "after 60 s");
    plant(bytes, 100);
    take("run-1").close();
    assertThat(mended).containsExactly("other");
  }

  @Test
  void aLockThatWasTakenOverRefusesToPublish() throws IOException {
    try (RunLock lock = take("run-1")) {
      Files.delete(lockFile("run-1"));
      stops(ExitCode.FAILED, lock::confirm).contains("taken over", "nothing was published");
    }
  }

  @Test
  void leavesNoLockWhereMendingFails() throws IOException {
    plant(elsewhere(), 100);
    assertThatThrownBy(
            () ->
                RunLock.take(
                    root,
                    "scores/films",
                    "run-1",
                    run -> {
                      throw new IllegalStateException("planted");
                    }))
        .hasMessage("planted");
    assertThat(lockFile("run-1")).doesNotExist();
    assertThat(lockFile("other")).exists();
  }

  @Test
  void neverDoTwoHoldAtOnce() throws Exception {
    List<Forked> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(Forked.run(RaceMain.class, folder.toString(), "p" + i));
    }
    long held = 0;
    for (Forked run : runs) {
      Forked.Ended ended = run.within(60);
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      held += ended.output().lines().filter(l -> l.equals("held")).count();
    }
    assertThat(held).isGreaterThan(5);
  }
}
