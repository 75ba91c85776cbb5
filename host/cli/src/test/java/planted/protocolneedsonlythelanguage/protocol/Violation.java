package planted.protocolneedsonlythelanguage.protocol;

import java.text.NumberFormat;

final class Violation {
    NumberFormat format;
}
