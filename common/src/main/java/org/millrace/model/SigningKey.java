package org.millrace.model;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.millrace.outcome.Stop;

/** A private Ed25519 key. Not a record: nothing of it must get into a log by {@code toString}. */
public final class SigningKey {

  private final PrivateKey key;
  private final TrustedKey publicHalf;

  private SigningKey(PrivateKey key, TrustedKey publicHalf) {
    this.key = key;
    this.publicHalf = publicHalf;
  }

  static SigningKey parse(String pem, String source) {
    byte[] pkcs8 = Pem.PRIVATE_KEY.decode(pem, source);
    try {
      PrivateKey key =
          KeyFactory.getInstance(DetachedSignature.ED25519)
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      SigningKey signing = new SigningKey(key, new TrustedKey(publicHalf(key)));
      byte[] probe = {1, 2, 3};
      if (!signing.publicHalf.verifies(probe, signing.sign(probe))) {
        throw new IllegalStateException(
            "the public half of an Ed25519 key could not be derived by this Java runtime");
      }
      return signing;
    } catch (GeneralSecurityException e) {
      throw Stop.usage(
              "%s does not hold an Ed25519 private key;"
                  + " make a pair of keys with 'submit/millrace keygen'",
              source)
          .because(e);
    }
  }

  /** The identifier of the key's public half. */
  public String id() {
    return publicHalf.id();
  }

  byte[] sign(byte[] content) {
    try {
      Signature ed25519 = Signature.getInstance(DetachedSignature.ED25519);
      ed25519.initSign(key);
      ed25519.update(content);
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot sign with Ed25519", e);
    }
  }

  /**
   * PKCS#8 holds the 32 secret bytes alone, and the JDK has no call from them to the public key.
   * Its generator takes the secret from the random source that it is given, so it gets them from
   * there.
   */
  private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
    byte[] secret =
        ((EdECPrivateKey) key)
            .getBytes()
            .orElseThrow(() -> new GeneralSecurityException("the key does not show its bytes"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance(DetachedSignature.ED25519);
    generator.initialize(NamedParameterSpec.ED25519, new Recital(secret));
    return generator.generateKeyPair().getPublic();
  }

  @Override
  public String toString() {
    return "Ed25519 private key " + id();
  }

  /** A random source that recites given bytes. */
  private static final class Recital extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Recital(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
