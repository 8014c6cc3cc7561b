package org.millrace.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/** The file system under a store; what fails there is told to the operator with the path in it. */
final class StoreFiles {

  private final FileSystem fs;

  private StoreFiles(FileSystem fs) {
    this.fs = fs;
  }

  static StoreFiles open(Path root, Configuration hadoop) {
    try {
      return new StoreFiles(stored(root, hadoop));
    } catch (IOException e) {
      throw failure("open the file system of", root, e);
    }
  }

  /** The same over the file system of another path. */
  StoreFiles at(Path path) {
    return open(path, fs.getConf());
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

  /**
   * Puts a file in the place of another one.
   *
   * @see SmallFiles#replace
   */
  void replace(Path file, byte[] content) {
    try {
      SmallFiles.replace(fs, file, content);
    } catch (IOException e) {
      throw failure("replace", file, e);
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
