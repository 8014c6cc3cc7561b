package org.millrace.model;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.millrace.outcome.Stop;

/** A public Ed25519 key whose signatures are accepted. */
public final class TrustedKey {

  private final PublicKey key;
  private final String id;

  TrustedKey(PublicKey key) {
    this.key = key;
    this.id = Sha256.of(key.getEncoded()).substring(0, 16);
  }

  static TrustedKey parse(String pem, String source) {
    byte[] spki = Pem.PUBLIC_KEY.decode(pem, source);
    try {
      return new TrustedKey(
          KeyFactory.getInstance(DetachedSignature.ED25519)
              .generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      throw Stop.usage(
              "%s does not hold an Ed25519 public key;"
                  + " make a pair of keys with 'submit/millrace keygen'",
              source)
          .because(e);
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the key's SubjectPublicKeyInfo. */
  public String id() {
    return id;
  }

  /** Whether the signature was made over exactly these bytes by the key's private half. */
  boolean verifies(byte[] content, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance(DetachedSignature.ED25519);
      ed25519.initVerify(key);
      ed25519.update(content);
      return ed25519.verify(signature);
    } catch (SignatureException e) {
      // Bytes of a wrong length or off the curve: no signature at all.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "Ed25519 public key " + id;
  }
}
