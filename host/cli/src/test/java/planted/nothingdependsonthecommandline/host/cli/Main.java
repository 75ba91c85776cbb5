package planted.nothingdependsonthecommandline.host.cli;

public final class Main {}
