package planted.junitknowsonlytheapi.junit;

import planted.junitknowsonlytheapi.host.bay.Bay;

final class Violation {
    Bay bay;
}
