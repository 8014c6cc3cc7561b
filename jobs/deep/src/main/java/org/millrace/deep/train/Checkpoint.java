package org.millrace.deep.train;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a training stands: with the files that it names, all that another start needs.
 *
 * @param identity of the training, see {@link Training}
 * @param epoch the next step's
 * @param step the next one of the epoch, from 0
 * @param steps that each rank has taken in all
 * @param soFar of the epoch that is under way
 * @param sinceReport of the point of the learning curve that is under way
 * @param reportedAt steps at the last point
 * @param states of the replicas: one for all ranks, or one each
 * @param best the best epoch's state, null without one
 * @param isFinished whether there is no next step
 */
public record Checkpoint(
    String identity,
    int epoch,
    int step,
    long steps,
    Tally soFar,
    Tally sinceReport,
    long reportedAt,
    List<Epoch> epochs,
    List<Window> windows,
    List<StateFile> states,
    StateFile best,
    boolean isFinished) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * What {@link Replica#save} wrote.
   *
   * @param name in the checkpoints' folder
   * @param checksum CRC-32C
   */
  public record StateFile(String name, long bytes, long checksum) {}

  /** A training's beginning. */
  public static Checkpoint beginning(String identity) {
    return new Checkpoint(
        identity,
        0,
        0,
        0,
        new Tally(),
        new Tally(),
        0,
        List.of(),
        List.of(),
        List.of(),
        null,
        false);
  }

  /** The state that a rank goes on from. */
  public StateFile state(int rank) {
    return states.get(states.size() == 1 ? 0 : rank);
  }

  @JsonIgnore
  public boolean isBeginning() {
    return states.isEmpty();
  }

  /** All that it names. */
  List<StateFile> files() {
    List<StateFile> files = new ArrayList<>(states);
    Optional.ofNullable(best).ifPresent(files::add);
    return files;
  }

  byte[] toJson() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Checkpoint of(byte[] json) throws IOException {
    return JSON.readValue(json, Checkpoint.class);
  }
}
