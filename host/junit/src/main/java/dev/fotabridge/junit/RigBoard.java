package dev.fotabridge.junit;

import java.util.Set;

/**
 * A board of the rig. Tested by FotaBoardExtensionTest.
 *
 * @param name unique in the rig
 * @param capabilities what tests may ask for
 * @param place where it is
 */
record RigBoard(String name, Set<String> capabilities, BoardPlace place) {
    boolean fits(BoardRequest request) {
        return capabilities.containsAll(request.requires()) && isNamed(request.board());
    }

    private boolean isNamed(String wanted) {
        return wanted.isEmpty()
                || wanted.equals(name)
                || withoutZeros(wanted).equals(withoutZeros(place.serialNumber()));
    }

    /** SEGGER's serial numbers are padded to 12 digits; Nordic's tools and the boards' labels are not. */
    private static String withoutZeros(String serialNumber) {
        return serialNumber.replaceFirst("^0+(?=.)", "");
    }

    @Override
    public String toString() {
        return name + " " + capabilities.stream().sorted().toList();
    }
}
