package org.millrace.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.millrace.outcome.Stop;

/** The file system under a store; what fails there is told to the operator with the path in it. */
final class StoreFiles {

  private final FileSystem fs;
  private final Configuration hadoop;

  private StoreFiles(FileSystem fs, Configuration hadoop) {
    this.fs = fs;
    this.hadoop = hadoop;
  }

  static StoreFiles open(Path root, Configuration hadoop) {
    try {
      return new StoreFiles(stored(root, hadoop), hadoop);
    } catch (IOException e) {
      throw failure("open the file system of", root, e);
    }
  }

  /**
   * The file system of a path, without the checksum files that Hadoop keeps beside local files: a
   * file that does not match those cannot even be read, whereas the store compares with what was
   * signed.
   */
  static FileSystem stored(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
  }

  Path qualified(Path path) {
    return fs.makeQualified(path);
  }

  boolean exists(Path path) {
    try {
      return fs.exists(path);
    } catch (IOException e) {
      throw failure("look for", path, e);
    }
  }

  /** Empty when there is no such file. */
  Optional<byte[]> read(Path file) {
    try (InputStream in = fs.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("read", file, e);
    }
  }

  void writeNew(Path file, byte[] content) {
    try (OutputStream out = fs.create(file, false)) {
      out.write(content);
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  void createDirectory(Path directory) {
    try {
      if (!fs.mkdirs(directory)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException e) {
      throw failure("create", directory, e);
    }
  }

  void deleteTree(Path directory) {
    try {
      fs.delete(directory, true);
    } catch (IOException e) {
      throw failure("delete", directory, e);
    }
  }

  /** Leaves a directory alone that holds anything. */
  void deleteIfEmpty(Path directory) {
    try {
      if (fs.exists(directory) && fs.listStatus(directory).length == 0) {
        fs.delete(directory, false);
      }
    } catch (IOException e) {
      throw failure("delete", directory, e);
    }
  }

  /** The names of the directories in a directory; none when it does not exist. */
  List<String> directoriesIn(Path directory) {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : fs.listStatus(directory)) {
        if (status.isDirectory()) {
          names.add(status.getPath().getName());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
    return names;
  }

  /** All files below a directory, but for the checksum files of Hadoop's local file system. */
  List<FileStatus> filesBelow(Path directory) {
    List<FileStatus> files = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> found = fs.listFiles(directory, true);
      while (found.hasNext()) {
        FileStatus file = found.next();
        if (!ChecksumFileSystem.isChecksumFile(file.getPath())) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw failure("list", directory, e);
    }
    return files;
  }

  /**
   * Gives a directory its final name.
   *
   * @return false when another directory of that name was there first; the source is then gone
   */
  boolean renameNew(Path directory, Path target) {
    try {
      if (fs.exists(target)) {
        return false;
      }
      fs.mkdirs(target.getParent());
      if (!fs.rename(directory, target)) {
        throw new IOException("the file system refused to rename " + directory);
      }
      // Where the target appeared since the look above, Hadoop has moved the directory into it.
      Path movedInto = new Path(target, directory.getName());
      if (fs.exists(movedInto)) {
        fs.delete(movedInto, true);
        return false;
      }
      return true;
    } catch (IOException e) {
      throw failure("publish", target, e);
    }
  }

  /** Writes a file beside its final name and renames it over whatever has that name. */
  void replace(Path file, byte[] content) {
    Path written = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
    writeNew(written, content);
    try {
      renameOver(written, file);
    } catch (IOException e) {
      throw failure("replace", file, e);
    }
  }

  /**
   * A plain rename replaces a file on the local file system. Elsewhere it refuses an existing
   * target by its result or an exception; HDFS replaces it in one step through FileContext. A file
   * system that FileContext does not know gets two steps: readers may find no file in between.
   */
  private void renameOver(Path written, Path file) throws IOException {
    try {
      if (fs.rename(written, file)) {
        return;
      }
    } catch (FileAlreadyExistsException e) {
      // The refusal of file systems that do not say it by their result.
    }
    try {
      FileContext.getFileContext(fs.getUri(), hadoop)
          .rename(written, file, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      fs.delete(file, false);
      if (!fs.rename(written, file)) {
        throw new IOException("the file system refused to rename " + written, e);
      }
    }
  }

  private static Stop failure(String verb, Path path, IOException e) {
    return Stop.failed(
            "cannot %s %s in the model store: %s; check that the path is right, that this user may"
                + " read and write there and that there is space left",
            verb, path, e)
        .because(e);
  }
}
