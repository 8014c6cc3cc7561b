package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.outcome.Stop;

class SetOptionTest {

  @Test
  void dottedAndQuotedKeysReachTheirBlocks() {
    assertThat(SetOption.parse("a.b-c.d=5").getInt("a.b-c.d")).isEqualTo(5);
    assertThat(SetOption.parse("spark.\"a.b\"=x").getObject("spark").keySet())
        .containsExactly("a.b");
  }

  /** A check of a whole block names the option that made the block. */
  @Test
  void blocksAroundTheValueHaveItsOrigin() {
    assertThat(SetOption.parse("a.gate.metric=x").getObject("a.gate").origin().description())
        .isEqualTo("--set a.gate.metric");
    assertThat(SetOption.parse("a.b=${c}").getValue("a").origin().description())
        .isEqualTo("--set a.b");
  }

  @Test
  void valuesAreHoconOrPlainText() {
    assertThat(SetOption.parse("k=[a, b]").getStringList("k")).isEqualTo(List.of("a", "b"));
    assertThat(SetOption.parse("k={ x = 1 }").getInt("k.x")).isEqualTo(1);
    assertThat(SetOption.parse("k=\"a # b\"").getString("k")).isEqualTo("a # b");
    assertThat(SetOption.parse("k = two words ").getString("k")).isEqualTo("two words");
    assertThat(SetOption.parse("k=null").getIsNull("k")).isTrue();
    assertThat(SetOption.parse("k=1.10").getString("k")).isEqualTo("1.10");
    assertThat(SetOption.parse("k=").getString("k")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://bucket/in",
        "ab#cd",
        "a//b",
        "hdfs://host:8020/x?y=z",
        "1,2",
        "C:\\x",
        "a=b",
        "/data/*.csv",
        "x } y"
      })
  void whatHoconWouldCutOrRefuseIsTakenAsItStands(String text) {
    assertThat(SetOption.parse("k=" + text).getString("k")).isEqualTo(text);
  }

  @Test
  void aBadOptionIsWrongUsage() {
    assertThatThrownBy(() -> SetOption.parse("iterations"))
        .isInstanceOf(Stop.class)
        .hasMessage("--set iterations: accepted: key=value, such as --set recommend.top-k.k=20");
    assertThatThrownBy(() -> SetOption.parse("=5")).isInstanceOf(Stop.class);
    assertThatThrownBy(() -> SetOption.parse("a..b=5"))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("--set a..b is no key");
    assertThatThrownBy(() -> SetOption.parse("k=[1, 2"))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("--set k: the value is not HOCON (");
  }

  @Test
  void aSecretIsNotRepeated() {
    assertThatThrownBy(() -> SetOption.parse("spark.password=[hunter2"))
        .isInstanceOf(Stop.class)
        .hasMessage("--set spark.password: the value is not HOCON")
        .hasNoCause();
    assertThat(
            Place.of(SetOption.parse("spark.password=hunter2").getValue("spark.password").origin()))
        .isEqualTo("--set spark.password");
  }
}
