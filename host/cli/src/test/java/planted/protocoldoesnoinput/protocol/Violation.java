package planted.protocoldoesnoinput.protocol;

import java.nio.file.Path;

final class Violation {
    Path file;
}
