package planted.httpadapterisseenbystationonly.host.download.http;

public final class Adapter {}
