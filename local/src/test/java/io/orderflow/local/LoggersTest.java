package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.yaml.snakeyaml.Yaml;

/** A level that is set for a name which nothing logs under changes nothing, and nobody is told. */
class LoggersTest {

    @SuppressWarnings("unchecked")
    static Stream<String> loggers() throws Exception {
        Map<String, ?> settings = new Yaml().load(resource("orderflow.yml"));
        NodeList console = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(resource("orderflow-logback.xml")).getElementsByTagName("logger");
        return Stream.concat(((Map<String, String>) settings.get("logging.level")).keySet().stream(),
            IntStream.range(0, console.getLength()).mapToObj(i -> ((Element) console.item(i)).getAttribute("name")));
    }

    @ParameterizedTest
    @MethodSource("loggers")
    void aLevelIsSetForAClassOrAPackageThatExists(String logger) throws IOException {
        PathMatchingResourcePatternResolver classes = new PathMatchingResourcePatternResolver();
        String path = "classpath*:" + logger.replace('.', '/');

        assertThat(List.of(classes.getResources(path + ".class"), classes.getResources(path + "/**/*.class"))).anyMatch(found -> found.length > 0);
    }

    private static InputStream resource(String name) {
        return LoggersTest.class.getClassLoader().getResourceAsStream(name);
    }
}
