package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;

    @Test
    void refusesAFolderWithOtherThingsInIt() throws IOException {
        Files.writeString(parent.resolve("precious"), "mine");

        assertThatThrownBy(() -> DataFolder.open(parent)).isInstanceOf(Problem.class).hasMessageContaining("not made by orderflow").hasMessageContaining("--data");
        assertThat(parent).isDirectoryNotContaining(path -> !path.endsWith("precious"));
    }

    @Test
    void letsOneAtATimeHaveTheFolder() {
        Path path = parent.resolve("data");
        try (DataFolder first = DataFolder.open(path)) {
            assertThatThrownBy(() -> DataFolder.open(path)).isInstanceOf(Problem.class).hasMessageContaining("already runs")
                .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(first.path()).isDirectory();
        }
        DataFolder.open(path).close();
    }

    @Test
    void emptiesTheFolderOfWhatIsOursAlone() throws IOException {
        try (DataFolder folder = DataFolder.open(parent.resolve("data"))) {
            Path outside = Files.writeString(parent.resolve("outside"), "mine");
            Files.createDirectories(folder.resolve("kafka").resolve("log"));
            Files.createSymbolicLink(folder.resolve("kafka").resolve("link"), outside);
            Files.writeString(folder.resolve("notes.txt"), "mine");

            folder.empty();

            assertThat(folder.resolve("kafka")).doesNotExist();
            assertThat(folder.resolve("notes.txt")).exists();
            assertThat(outside).exists();
        }
    }

    @Test
    void keepsPasswordsFromOthersAndForLater() throws IOException {
        try (DataFolder folder = DataFolder.open(parent.resolve("data"))) {
            Path file = folder.resolve("passwords.properties");
            String password = new Passwords(file).of("orders");

            assertThat(new Passwords(file).of("orders")).isEqualTo(password).hasSize(20);
            assertThat(new Passwords(file).of("inventory")).isNotEqualTo(password);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()))).isEqualTo("rwx------");
        }
    }
}
