package dev.chandlery.upstream.maven;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the versions out of {@code maven-metadata.xml}; no DTD and no entity is looked at. */
final class MavenMetadata {
    private static final int MAX_VERSIONS = 100_000;

    private MavenMetadata() {}

    /** @param where it was read from, for messages */
    static List<String> versions(Bytes xml, String where) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml.openStream());
            try {
                return versions(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedContentException("cannot read " + where + ": " + e.getMessage(), e);
        }
    }

    private static List<String> versions(XMLStreamReader reader) throws XMLStreamException {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        while (reader.hasNext() && found.size() < MAX_VERSIONS) {
            int event = reader.next();
            boolean element = event == XMLStreamConstants.START_ELEMENT
                    || event == XMLStreamConstants.END_ELEMENT;
            if (element && reader.getLocalName().equals("versions")) {
                inside = event == XMLStreamConstants.START_ELEMENT;
            } else if (inside && event == XMLStreamConstants.START_ELEMENT && reader.getLocalName()
                    .equals("version")) {
                found.add(reader.getElementText().strip());
            }
        }
        return found;
    }
}
