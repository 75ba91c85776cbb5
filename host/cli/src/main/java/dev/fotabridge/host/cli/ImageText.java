package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.image.ImageDescriptor;
import dev.fotabridge.host.image.ImageHeader;
import dev.fotabridge.host.image.ImageKind;
import dev.fotabridge.host.image.Tlv;
import dev.fotabridge.host.value.BoardProfile;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file is, for people and as JSON. */
final class ImageText {
    private static final int MODEM_AREA = BoardProfile.NRF9160_DK.modemAreaBytes();

    private ImageText() {}

    static List<String> lines(ImageDescriptor image) {
        List<String> lines = new ArrayList<>();
        lines.add(line("kind", image.kind() == ImageKind.MCUBOOT ? "MCUboot image" : "modem delta"));
        lines.add(line("size", image.fileSize() + " bytes" + padding(image)));
        lines.add(line("fileSha256", image.fileSha256().hex()));
        image.header().ifPresent(header -> header(lines, header));
        image.imageHash().ifPresent(hash -> lines.add(line("imageHash", hash.hex() + " (right)")));
        if (image.kind() == ImageKind.MCUBOOT) {
            lines.add(line("signature", image.signatureType() + ", " + check(image)));
            image.keyHash().ifPresent(hash -> lines.add(line("key hash", hash.hex())));
            lines.add(line("marker", image.marker() ? "yes, it can answer after the swap" : "no"));
            lines.add(line("fits", fits(image)));
            image.tlvs().forEach(tlv -> lines.add(line("TLV", tlv(tlv))));
        } else {
            lines.add(line("fits", delta(image)));
            lines.add(line("for", "a modem firmware that only the modem can tell: the rest of the file is encrypted"));
        }
        return lines;
    }

    private static void header(List<String> lines, ImageHeader header) {
        lines.add(line("version", header.version().toString()));
        lines.add(line(
                "header",
                String.format(
                        Locale.ROOT,
                        "%d bytes, body %d bytes, protected TLVs %d bytes, flags 0x%x, load address 0x%x",
                        header.headerSize(),
                        header.imageSize(),
                        header.protectedTlvSize(),
                        header.flags(),
                        header.loadAddress())));
    }

    private static String padding(ImageDescriptor image) {
        return image.payloadSize() == image.fileSize()
                ? ""
                : ", of which " + image.payloadSize() + " are the image, the rest is padding and is not sent";
    }

    private static String check(ImageDescriptor image) {
        return switch (image.signatureCheck()) {
            case VALID -> "valid";
            case NOT_CHECKED -> "not checked: no --public-key given";
            case NO_SIGNATURE -> "nothing to check";
        };
    }

    private static String fits(ImageDescriptor image) {
        List<String> names = SlotFit.of(image.payloadSize()).stream()
                .map(fit -> fit.layout() + " (" + fit.limit() + ")")
                .toList();
        return names.isEmpty() ? "no slot of an nRF9160 DK" : String.join(", ", names);
    }

    /** Documented sample output of the area's size, on firmware 1.3.x; each modem says its own. */
    private static String delta(ImageDescriptor image) {
        return image.fileSize() <= MODEM_AREA ? "a modem's area of " + MODEM_AREA : "no known modem's area";
    }

    private static String tlv(Tlv tlv) {
        return String.format(
                Locale.ROOT,
                "%-12s %4d bytes at %d%s",
                tlv.name(),
                tlv.length(),
                tlv.offset(),
                tlv.isProtected() ? ", protected" : "");
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-12s %s", name + ":", value);
    }

    static void write(JsonGenerator g, ImageDescriptor image) throws IOException {
        g.writeStringField("kind", image.kind().name());
        g.writeNumberField("fileSize", image.fileSize());
        g.writeNumberField("payloadSize", image.payloadSize());
        g.writeStringField("fileSha256", image.fileSha256().hex());
        JsonEvents.text(g, "imageHash", hex(image.imageHash()));
        JsonEvents.text(g, "version", image.version().map(Object::toString).orElse(""));
        if (image.header().isPresent()) {
            writeHeader(g, image.header().get());
        } else {
            g.writeNullField("header");
        }
        g.writeStringField("signatureType", image.signatureType().name());
        g.writeStringField("signatureCheck", image.signatureCheck().name());
        JsonEvents.text(g, "keyHash", hex(image.keyHash()));
        g.writeBooleanField("marker", image.marker());
        g.writeArrayFieldStart("fits");
        for (SlotFit fit : SlotFit.of(image.payloadSize())) {
            g.writeString(fit.layout());
        }
        g.writeEndArray();
        writeTlvs(g, image.tlvs());
        g.writeArrayFieldStart("warnings");
        for (String warning : image.warnings()) {
            g.writeString(warning);
        }
        g.writeEndArray();
    }

    private static void writeHeader(JsonGenerator g, ImageHeader header) throws IOException {
        g.writeObjectFieldStart("header");
        g.writeNumberField("headerSize", header.headerSize());
        g.writeNumberField("imageSize", header.imageSize());
        g.writeNumberField("protectedTlvSize", header.protectedTlvSize());
        g.writeNumberField("flags", header.flags());
        g.writeNumberField("loadAddress", header.loadAddress());
        g.writeEndObject();
    }

    private static void writeTlvs(JsonGenerator g, List<Tlv> tlvs) throws IOException {
        g.writeArrayFieldStart("tlvs");
        for (Tlv tlv : tlvs) {
            g.writeStartObject();
            g.writeNumberField("type", tlv.type());
            g.writeStringField("name", tlv.name());
            g.writeBooleanField("protected", tlv.isProtected());
            g.writeNumberField("offset", tlv.offset());
            g.writeNumberField("length", tlv.length());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private static String hex(Optional<Sha256> hash) {
        return hash.map(Sha256::hex).orElse("");
    }
}
