package planted.pahoadapterisseenbystationonly.host.jobs.paho;

public final class Adapter {}
