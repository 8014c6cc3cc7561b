package org.millrace.model;

import java.nio.file.Path;

/**
 * A generated pair of keys.
 *
 * @param privateKey PKCS#8 PEM, readable by its owner alone where the file system knows owners
 * @param publicKey X.509 SubjectPublicKeyInfo PEM, for the {@code trusted keys} of those who score
 * @param keyId the first 16 hexadecimal digits of the SHA-256 of the public key
 */
public record KeyFiles(Path privateKey, Path publicKey, String keyId) {}
