package org.millrace.features.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.api.java.UDF1;

/** HMAC-SHA-256 (RFC 2104) of a domain, a zero byte and a value. */
final class Pseudonyms implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";

  private final PseudonymKey key;
  private final String domain;
  private final int digits;
  private transient ThreadLocal<Mac> mac;

  Pseudonyms(PseudonymKey key, String domain, int digits) {
    this.key = key;
    this.domain = domain;
    this.digits = digits;
  }

  @Override
  public String call(String value) {
    if (value == null) {
      return null;
    }
    Mac hash = mac();
    hash.update(domain.getBytes(UTF_8));
    hash.update((byte) 0);
    return HexFormat.of().formatHex(hash.doFinal(value.getBytes(UTF_8))).substring(0, digits);
  }

  /** Tasks of one executor share the function, and a Mac is no thread's friend. */
  private synchronized Mac mac() {
    if (mac == null) {
      mac = ThreadLocal.withInitial(() -> hmac(key.bytes()));
    }
    return mac.get();
  }

  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
