package planted.testkinds;

final class UntaggedSimTest {}
