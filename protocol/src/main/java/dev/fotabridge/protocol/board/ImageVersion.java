package dev.fotabridge.protocol.board;

/**
 * An image's version as its MCUboot header, or the board that runs it, says it.
 * Tested by ImageRulesTest.
 *
 * @param major 0 to 255
 * @param minor 0 to 255
 * @param revision 0 to 65 535
 * @param build 0 to 4 294 967 295; shown only when it is not 0
 */
public record ImageVersion(int major, int minor, int revision, long build) implements Comparable<ImageVersion> {
    /** @throws IllegalArgumentException if the header cannot hold one of the numbers */
    public ImageVersion {
        if (major >>> 8 != 0 || minor >>> 8 != 0 || revision >>> 16 != 0 || build >>> 32 != 0) {
            throw new IllegalArgumentException("not an MCUboot version: " + major + "." + minor + "." + revision);
        }
    }

    /** Orders by major, minor, revision, then build number. */
    @Override
    public int compareTo(ImageVersion other) {
        int byNumber = compareNumber(other);
        return byNumber != 0 ? byNumber : Long.compare(build, other.build);
    }

    /** Orders without the build number, as MCUboot does by default when it refuses downgrades. */
    public int compareNumber(ImageVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        int byRevision = Integer.compare(revision, other.revision);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : byRevision;
    }

    /** {@code 1.2.3}, or {@code 1.2.3+4} with a build number, as imgtool writes it. */
    @Override
    public String toString() {
        String number = major + "." + minor + "." + revision;
        return build == 0 ? number : number + "+" + build;
    }
}
