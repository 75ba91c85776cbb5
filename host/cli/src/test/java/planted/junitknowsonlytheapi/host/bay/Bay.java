package planted.junitknowsonlytheapi.host.bay;

public final class Bay {}
