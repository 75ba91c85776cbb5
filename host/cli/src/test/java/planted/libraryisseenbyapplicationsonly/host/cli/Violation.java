package planted.libraryisseenbyapplicationsonly.host.cli;

import planted.libraryisseenbyapplicationsonly.host.api.Library;

final class Violation {
    Library library;
}
