package io.orderflow.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is made from the system; it says itself how it is made anew. */
public class Page {

    private Page() {
    }

    /** Fails when the page is not what the system would make of it; with {@code -Dorderflow.docs=write} it is written instead. */
    public static void check(Path page, String content) throws IOException {
        if ("write".equals(System.getProperty("orderflow.docs")))
            Files.writeString(page, content, UTF_8);
        assertThat(page).as("%s is out of date; its first lines say how to write it anew", page.getFileName()).exists();
        assertThat(Files.readString(page, UTF_8)).as("%s is out of date; its first lines say how to write it anew", page.getFileName()).isEqualTo(content);
    }
}
