package planted.testkinds;

import org.junit.jupiter.api.Tag;

@Tag("real")
final class TaggedIT {}
