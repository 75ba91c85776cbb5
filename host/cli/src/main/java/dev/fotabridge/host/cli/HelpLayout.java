package dev.fotabridge.host.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Prints the options of a command in groups. Picocli's own argument groups would change how options are parsed: those that
 * several commands share are mixins, and stay so. Tested by HelpTest.
 */
final class HelpLayout {
    static final String OWN = "Options of this command";
    static final String COMMON = "Options of every command";
    private static final String BOARD = "Board and port";

    /** Group of the options that a class declares, in the order of the help. */
    private static final Map<Class<?>, String> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(PortOptions.class, BOARD);
        GROUPS.put(BoardOptions.class, BOARD);
        GROUPS.put(RateOptions.class, BOARD);
        GROUPS.put(UpdateArguments.class, "Update");
        GROUPS.put(ConnectionOptions.class, "AWS and network");
        GROUPS.put(CommonOptions.class, COMMON);
    }

    private HelpLayout() {}

    /** Sets the layout for a command and all commands below it. */
    static void apply(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::optionList);
        line.getCommandSpec().usageMessage().commandListHeading("%nCommands:%n");
        line.getSubcommands().values().forEach(HelpLayout::apply);
    }

    private static String optionList(Help help) {
        StringBuilder text = new StringBuilder();
        groups(help.commandSpec())
                .forEach((heading, options) -> text.append(System.lineSeparator())
                        .append(heading)
                        .append(':')
                        .append(System.lineSeparator())
                        .append(help.optionListExcludingGroups(options)));
        return text.toString();
    }

    /** Returns the visible options of a command by the heading of their group; no group is empty. */
    static Map<String, List<OptionSpec>> groups(CommandSpec command) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        groups.put(OWN, new ArrayList<>());
        GROUPS.values().forEach(heading -> groups.put(heading, new ArrayList<>()));
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> groups.get(heading(option)).add(option));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    private static String heading(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return COMMON;
        }
        return StationCommand.isFile(option) ? OWN : GROUPS.getOrDefault(declaredBy(option), OWN);
    }

    private static Class<?> declaredBy(ArgSpec option) {
        return option.userObject() instanceof Field field ? field.getDeclaringClass() : Object.class;
    }
}
