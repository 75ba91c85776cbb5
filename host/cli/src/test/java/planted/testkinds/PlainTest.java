package planted.testkinds;

final class PlainTest {}
