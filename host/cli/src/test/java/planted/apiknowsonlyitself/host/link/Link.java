package planted.apiknowsonlyitself.host.link;

public final class Link {}
