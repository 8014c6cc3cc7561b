package org.millrace.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.millrace.outcome.Stop;

/** Accepts a version's {@code model.json} only with the signature of a trusted key. */
record SignatureVerifier(List<TrustedKey> trusted) {

  /**
   * @param signature the contents of the version's signature file, empty where there is none
   * @return the identifier of the key that signed; empty when no keys are given to trust
   */
  Optional<String> verify(String version, byte[] modelJson, Optional<byte[]> signature) {
    if (trusted.isEmpty()) {
      return Optional.empty();
    }
    if (signature.isEmpty()) {
      throw Stop.failed(
          "version %s is not signed, and a model must be signed by one of the trusted keys (%s);"
              + " publish it again with a signing key, or load another version",
          version, accepted());
    }
    DetachedSignature found = parse(version, signature.get());
    List<TrustedKey> candidates =
        trusted.stream().filter(key -> key.id().equals(found.keyId())).toList();
    if (candidates.isEmpty()) {
      throw Stop.failed(
          "version %s is signed by key %s, which is not one of the trusted keys (%s);"
              + " add its public key to the trusted ones if you trust it, or load another version",
          version, found.keyId(), accepted());
    }
    if (candidates.stream().noneMatch(key -> found.isBy(key, modelJson))) {
      throw Stop.failed(
          "the signature of version %s by key %s does not belong to its model.json: one of the two"
              + " has changed since it was signed (trusted keys: %s); publish or restore the version",
          version, found.keyId(), accepted());
    }
    return Optional.of(found.keyId());
  }

  private DetachedSignature parse(String version, byte[] signature) {
    try {
      return Json.read(signature, DetachedSignature.class);
    } catch (IOException e) {
      throw Stop.failed(
              "the signature file of version %s is damaged, no key can be read from it"
                  + " (trusted keys: %s); publish or restore the version",
              version, accepted())
          .because(e);
    }
  }

  private String accepted() {
    return trusted.stream().map(TrustedKey::id).collect(Collectors.joining(", "));
  }
}
