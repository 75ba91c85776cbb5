package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.station.release.Release;
import java.nio.file.Path;

/** Whether the release is whole, and who signed it. Tested by StationCheckIT. */
record ReleaseCheck(Path directory) implements Check<Release> {
    @Override
    public CheckResult<Release> run() throws FotaException {
        Release release = Release.load(directory);
        String what = "Release " + release.name() + ": version "
                + release.image().version().orElse("unknown") + ", SHA-256 " + release.fileSha256() + ".";
        if (release.image().signature() == UpdateImage.Signature.VALID) {
            return CheckResult.<Release>ok(what + " Its signature is valid.").with(release);
        }
        String signature = release.image().signature() == UpdateImage.Signature.NONE
                ? " It is not signed."
                : " Nobody has checked its signature.";
        return CheckResult.<Release>warn(
                        what + signature,
                        "Create the release with --public-key and the key that the boards' MCUboot knows.")
                .with(release);
    }
}
