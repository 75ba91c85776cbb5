package dev.fotabridge.station.run;

import dev.fotabridge.fixtures.jobs.JobsMessage;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A thing's connection to {@link VirtualAws}: what is on its way takes time, and is lost if AWS is away. */
final class AwsConnection implements JobsTransport {
    private static final long MILLI = 1_000_000L;

    private final StationWorld world;
    private final String thing;
    private Listener listener;
    private int generation;
    private boolean subscribed;

    AwsConnection(StationWorld world, String thing) {
        this.world = world;
        this.thing = thing;
        world.aws.joined(this);
    }

    private void later(Runnable action) {
        int mine = generation;
        world.quietly(world.aws.between(10, 200) * MILLI, () -> {
            if (mine == generation && listener != null) {
                action.run();
            }
        });
    }

    @Override
    public void connect(Listener fresh) {
        disconnect();
        listener = fresh;
        later(() -> {
            if (world.aws.away) {
                cut();
            } else {
                listener.connected();
            }
        });
    }

    /** AWS is not there any more. */
    void cut() {
        Listener lost = listener;
        disconnect();
        if (lost != null) {
            lost.disconnected(new FotaException(Reason.CLOUD_UNREACHABLE, "The endpoint does not answer."));
        }
    }

    @Override
    public void subscribe(List<String> filters) {
        later(() -> {
            subscribed = true;
            listener.subscribed();
        });
    }

    @Override
    public void unsubscribe(List<String> filters) {
        subscribed = false;
    }

    /** What is on its way arrives, also if the process has ended since. */
    @Override
    public void publish(String topic, byte[] payload) {
        if (world.aws.away) {
            return;
        }
        int mine = generation;
        boolean isLost = world.aws.losesThis();
        world.quietly(world.aws.between(10, 200) * MILLI, () -> {
            for (JobsMessage effect : world.aws.handle(thing, topic, payload)) {
                if (effect instanceof JobsMessage.Reply && !isLost && mine == generation) {
                    arrive(effect);
                }
            }
        });
    }

    /** A notification, which everybody gets who has subscribed for it. */
    void deliver(JobsMessage effect) {
        if (effect.topic().startsWith("$aws/things/" + thing + "/") && !world.aws.losesThis()) {
            arrive(effect);
        }
    }

    private void arrive(JobsMessage effect) {
        byte[] payload = effect.body().toString().getBytes(StandardCharsets.UTF_8);
        later(() -> {
            if (subscribed) {
                listener.message(effect.topic(), payload);
            }
        });
    }

    @Override
    public void disconnect() {
        generation++;
        listener = null;
        subscribed = false;
    }

    @Override
    public void close() {
        disconnect();
        world.aws.left(this);
    }
}
