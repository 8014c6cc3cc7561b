package org.millrace.model;

import java.util.Base64;

/**
 * The file {@code signature} of a version.
 *
 * @param keyId see {@link TrustedKey#id()}
 * @param signature base64 of the 64 bytes of an Ed25519 signature over the exact bytes of {@code
 *     model.json}
 */
record DetachedSignature(String algorithm, String keyId, String signature) {

  static final String ED25519 = "Ed25519";

  static DetachedSignature of(byte[] content, SigningKey key) {
    return new DetachedSignature(
        ED25519, key.id(), Base64.getEncoder().encodeToString(key.sign(content)));
  }

  boolean isBy(TrustedKey key, byte[] content) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return algorithm.equals(ED25519) && key.verifies(content, decoded);
  }
}
