package planted.httpadapterisseenbyitsusersonly.host.download.http;

public final class Adapter {}
