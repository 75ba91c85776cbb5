package planted.testkinds;

final class SleepingTest {
    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }
}
