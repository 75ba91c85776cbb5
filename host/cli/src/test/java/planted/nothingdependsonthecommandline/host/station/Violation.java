package planted.nothingdependsonthecommandline.host.station;

import planted.nothingdependsonthecommandline.host.cli.Main;

final class Violation {
    Main main;
}
