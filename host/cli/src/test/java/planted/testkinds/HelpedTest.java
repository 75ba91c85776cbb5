package planted.testkinds;

final class HelpedTest {
    private final Starter starter = new Starter();
}
