package dev.fotabridge.junit;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Reads a rig.yaml: {@code boards}, a list of mappings. Tested by RigFileTest. */
final class RigFile {
    private static final int MAX_BYTES = 1 << 20;

    /** A key that stands twice would silently be the last one. */
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final List<String> KEYS =
            List.of("name", "serial-number", "port", "virtual", "capabilities", "baud", "start-baud", "power-cycle");

    private final Path path;
    private final Supplier<Path> program;
    private final List<RigBoard> boards = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** @param program of virtual boards; asked for only if the file has some */
    RigFile(Path path, Supplier<Path> program) {
        this.path = path;
        this.program = program;
    }

    /** @throws ExtensionConfigurationException names the file, the board and what is wrong */
    List<RigBoard> read() {
        JsonNode root = tree();
        if (!root.isObject() || root.size() != 1 || !root.path("boards").isArray()) {
            throw wrong("it must have the key 'boards' with a list, and nothing else");
        }
        for (JsonNode board : root.path("boards")) {
            boards.add(board(board));
        }
        if (boards.isEmpty()) {
            throw wrong("it has no board");
        }
        return boards;
    }

    private JsonNode tree() {
        TextFile file = file();
        try (JsonParser parser = new PlainScalars(YAML.createParser(file.text()))) {
            JsonNode root = new ObjectMapper().readTree(parser);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw wrong(file.noYaml(at == null ? 0 : at.getLineNr()));
        } catch (IOException e) {
            throw wrong("it is no YAML (" + e.getMessage() + ")");
        }
    }

    private TextFile file() {
        try {
            return TextFile.read(path, "rig's file", MAX_BYTES, Reason.CONFIGURATION);
        } catch (FotaException e) {
            throw new ExtensionConfigurationException(e.getMessage(), e);
        }
    }

    private RigBoard board(JsonNode board) {
        if (!board.isObject()) {
            throw wrong(number() + " is no mapping");
        }
        for (Map.Entry<String, JsonNode> field : board.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw wrong("'" + field.getKey() + "' of " + number() + " is no key; there are: "
                        + String.join(", ", KEYS));
            }
        }
        String name = text(board, "name").orElseThrow(() -> wrong(number() + " has no name"));
        if (!name.matches("[A-Za-z0-9._-]{1,40}") || !names.add(name)) {
            throw wrong("the name '" + name + "' of " + number()
                    + " must be 1 to 40 letters, digits, dots and hyphens, and of one board only");
        }
        Set<String> capabilities = new TreeSet<>(texts(board, "capabilities"));
        BoardPlace place = place(board, name, capabilities);
        return new RigBoard(name, Set.copyOf(capabilities), place);
    }

    private BoardPlace place(JsonNode board, String name, Set<String> capabilities) {
        long places = KEYS.subList(1, 4).stream().filter(board::has).count();
        if (places != 1) {
            throw wrong(number() + " (" + name + ") must have one of serial-number, port and virtual");
        }
        List<String> powerCycle = texts(board, "power-cycle");
        if (board.has("virtual")) {
            capabilities.addAll(Set.of(Capability.VIRTUAL, Capability.POWER_CYCLE, Capability.CUT_LINE));
            return new VirtualPlace(program.get(), name, texts(board, "virtual"));
        }
        if (!powerCycle.isEmpty()) {
            capabilities.add(Capability.POWER_CYCLE);
        }
        BayConfig config = new BayConfig(
                text(board, "port"),
                text(board, "serial-number"),
                rate(board, "baud", BayConfig.CEILING_BAUD),
                rate(board, "start-baud", BayConfig.START_BAUD));
        return new RealPlace(config, powerCycle);
    }

    private int rate(JsonNode board, String key, int standard) {
        JsonNode rate = board.path(key);
        if (rate.isMissingNode()) {
            return standard;
        }
        if (!rate.asText().matches("[0-9]{1,9}") || rate.asInt() < BayConfig.MIN_BAUD) {
            throw wrong("'" + key + "' of " + number() + " must be a rate, at least " + BayConfig.MIN_BAUD);
        }
        return rate.asInt();
    }

    private Optional<String> text(JsonNode board, String key) {
        JsonNode value = board.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(scalar(value, key));
    }

    private List<String> texts(JsonNode board, String key) {
        JsonNode list = board.path(key);
        if (list.isMissingNode()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw wrong("'" + key + "' of " + number() + " must be a list");
        }
        List<String> texts = new ArrayList<>();
        list.forEach(value -> texts.add(scalar(value, key)));
        return texts;
    }

    private String scalar(JsonNode value, String key) {
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            throw wrong("'" + key + "' of " + number() + " has no text");
        }
        return value.asText();
    }

    private String number() {
        return "board " + (boards.size() + 1);
    }

    private ExtensionConfigurationException wrong(String what) {
        return new ExtensionConfigurationException("The rig's file " + path + ": " + what + ".");
    }
}
