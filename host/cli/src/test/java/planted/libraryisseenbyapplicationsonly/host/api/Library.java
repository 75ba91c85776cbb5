package planted.libraryisseenbyapplicationsonly.host.api;

public final class Library {}
