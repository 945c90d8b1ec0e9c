package io.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps everything the system remembers in one place, for one running system at a time.
 *
 * <p>A marker file says that the folder is ours: a folder with other things in it is never used and never emptied.
 */
public class DataFolder implements AutoCloseable {

    private static final String MARKER = "orderflow-data.txt";
    private static final String LOCK = "lock";
    private static final List<String> OURS = List.of("kafka", "postgres", "postgres-orders", "postgres-inventory", "postgres-payments",
        "postgres-programs", "logs", "passwords.properties", "passwords.properties.next");

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes the folder where there is none, and holds it until closed; refuses one that is in use or not ours. */
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder);
            }
            if (!Files.isDirectory(folder)) {
                throw new Problem(folder + " is not a folder: choose another with --data.");
            }
            if (!Files.exists(folder.resolve(MARKER))) {
                mark(folder);
            }
            return new DataFolder(folder.toRealPath(), lock(folder));
        } catch (IOException e) {
            throw new Problem("The data folder " + folder + " cannot be used (" + e + "): choose another with --data.");
        }
    }

    private static void mark(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new Problem(folder + " is not empty and was not made by orderflow: choose another folder with --data.");
            }
        }
        Disk.makePrivate(folder);
        Files.writeString(folder.resolve(MARKER), "This folder belongs to orderflow, which keeps its data here; './run --fresh' deletes that data.\n");
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer pid = ByteBuffer.allocate(20);
        if (!isHeld(channel)) {
            channel.read(pid, 0);
            channel.close();
            throw new Problem("orderflow already runs on " + folder + " (process " + new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII)
                + "): stop it, or choose another folder with --data.");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    /** The lock lies behind what is written in the file, which others may read. */
    private static boolean isHeld(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    public Path path() {
        return folder;
    }

    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Deletes what we keep here, and nothing else. */
    public void empty() {
        for (String name : OURS) {
            Disk.delete(folder.resolve(name));
        }
    }

    /** Lets the next one have the folder. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
