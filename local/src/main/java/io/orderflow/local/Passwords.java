package io.orderflow.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Gives every role and login a random password of its own and remembers it, in a file that only its owner can read. */
public class Passwords {

    private static final int RANDOM_BYTES = 15;

    private final Path file;
    private final Properties known = new Properties();

    public Passwords(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                known.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Answers the password of this name: the same one as long as the file lives. */
    public synchronized String of(String name) {
        String password = known.getProperty(name);
        if (password == null) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            password = Base64.getUrlEncoder().encodeToString(random).replace('-', 'x').replace('_', 'y');
            known.setProperty(name, password);
            write();
        }
        return password;
    }

    private void write() {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Disk.createPrivateFile(next);
            try (Writer writer = Files.newBufferedWriter(next)) {
                known.store(writer, "Made once, for this data folder only");
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
