package planted.testkinds;

final class UntaggedIT {}
