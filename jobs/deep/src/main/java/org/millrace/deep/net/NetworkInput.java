package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/** One input of a network. */
public record NetworkInput(String name, Shape shape) implements Serializable {
  public NetworkInput {
    Check.that(
        name.matches("[a-z][a-z0-9-]*"), "name", name, "a small letter, then also digits and -");
  }
}
