package planted.pahoadapterisseenbyitsusersonly.host.jobs.paho;

public final class Adapter {}
