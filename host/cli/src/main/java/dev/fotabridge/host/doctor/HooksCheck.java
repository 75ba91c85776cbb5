package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Whether hooks can be started, and whether nobody else can change them: they run as the station. */
record HooksCheck(List<List<String>> hooks) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        for (List<String> hook : hooks) {
            require(Path.of(hook.get(0)));
        }
        return CheckResult.ok(hooks.size() == 1 ? "The hook can be started." : hooks.size() + " hooks can be started.");
    }

    private static void require(Path program) throws FotaException {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw wrong(program, Files.exists(program) ? "is no program that this user may start" : "does not exist");
        }
        try {
            PosixFileAttributes file = Files.readAttributes(program, PosixFileAttributes.class);
            String owner = file.owner().getName();
            if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))) {
                throw wrong(
                        program,
                        "belongs to user " + owner + ", who could change it; it must be root's or the station's");
            }
            if (file.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    || file.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                throw wrong(program, "can be written by others than its owner");
            }
        } catch (IOException e) {
            throw wrong(program, "cannot be looked at: " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            // A system without owners and permissions.
            return;
        }
    }

    private static FotaException wrong(Path program, String how) {
        return new FotaException(Reason.CONFIGURATION, "The hook " + program + " " + how + ".");
    }
}
