package dev.flashsale.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The parent is the BOM that hosts import: it manages what they may need of ours, and nothing that is theirs to choose. */
class BomTest {

    @Test
    void managesEveryLibraryWithItsTestsAndNothingOfAnybodyElse() throws Exception {
        List<String> managed = texts("/project/dependencyManagement/dependencies/dependency");

        assertThat(managed)
                .containsExactlyInAnyOrderElementsOf(texts("/project/modules/module").stream()
                        .filter(module -> !module.equals("flashsale-app"))
                        .flatMap(module -> List.of(
                                "dev.flashsale " + module + " ${project.version}",
                                "dev.flashsale " + module + " ${project.version} test-jar")
                                .stream())
                        .toList());
    }

    /** Each with its words divided by single blanks. */
    private static List<String> texts(String path) throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("../pom.xml").toFile());
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }
}
