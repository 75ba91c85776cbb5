package planted.picoclistaysinthecommandline.host.station;

import picocli.CommandLine;

final class Violation {
    CommandLine line;
}
