package planted.testkinds;

import org.junit.jupiter.api.Tag;

@Tag("sim")
final class WrongTagIT {}
