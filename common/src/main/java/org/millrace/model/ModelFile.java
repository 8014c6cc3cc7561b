package org.millrace.model;

/**
 * A file of a version.
 *
 * @param path relative to the version's directory, with slashes
 * @param bytes its length
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ModelFile(String path, long bytes, String sha256) {}
