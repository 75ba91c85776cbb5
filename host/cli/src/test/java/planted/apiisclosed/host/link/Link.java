package planted.apiisclosed.host.link;

public final class Link {}
