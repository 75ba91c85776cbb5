package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.hook.HookFile;
import java.nio.file.Path;
import java.util.List;

/** Whether hooks can be started, and whether nobody else can change them: they run as the station. Tested by StationCommandTest. */
record HooksCheck(List<List<String>> hooks) implements Check<Void> {
    @Override
    public CheckResult<Void> run() throws FotaException {
        for (List<String> hook : hooks) {
            HookFile.checked(Path.of(hook.get(0)));
        }
        return CheckResult.ok(hooks.size() == 1 ? "The hook can be started." : hooks.size() + " hooks can be started.");
    }
}
