package org.millrace.model;

import java.util.List;
import java.util.Optional;

/**
 * Which keys sign the models that a job publishes, and which it accepts on the models that it
 * loads. Paths are local or on any Hadoop file system.
 *
 * @param signingKey the PKCS#8 PEM file of the private key; empty publishes unsigned models
 * @param trustedKeys X.509 PEM files of the public keys; empty accepts models without looking at
 *     their signature
 */
public record SigningConfig(Optional<String> signingKey, List<String> trustedKeys) {

  public SigningConfig {
    trustedKeys = List.copyOf(trustedKeys);
  }
}
