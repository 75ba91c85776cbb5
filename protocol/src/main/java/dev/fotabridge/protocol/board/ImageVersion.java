package dev.fotabridge.protocol.board;

/** MCUboot's image version: major and minor 0..255, revision 0..65535, build 0..2^32-1. */
public record ImageVersion(int major, int minor, int revision, long build) implements Comparable<ImageVersion> {
    @Override
    public int compareTo(ImageVersion other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        order = order != 0 ? order : Integer.compare(revision, other.revision);
        return order != 0 ? order : Long.compare(build, other.build);
    }

    /** As imgtool writes it: {@code 1.2.3+4}. */
    @Override
    public String toString() {
        return major + "." + minor + "." + revision + "+" + build;
    }
}
