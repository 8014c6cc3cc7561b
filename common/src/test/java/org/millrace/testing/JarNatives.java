package org.millrace.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The native libraries in a jar. */
public final class JarNatives {
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|dll|dylib|jnilib)");
  private static final Pattern LINUX_X86_64 = Pattern.compile(".*\\blinux[-/]x(86[-_])?64\\b.*");

  private JarNatives() {}

  /** All of them. */
  public static List<String> in(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> NATIVE.matcher(name).matches())
          .toList();
    }
  }

  /** Those of other platforms than the one that Millrace is built for. */
  public static List<String> foreignIn(Path jar) throws IOException {
    return in(jar).stream().filter(name -> !LINUX_X86_64.matcher(name).matches()).toList();
  }
}
