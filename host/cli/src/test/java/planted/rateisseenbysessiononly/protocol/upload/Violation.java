package planted.rateisseenbysessiononly.protocol.upload;

import planted.rateisseenbysessiononly.protocol.rate.Rate;

final class Violation {
    Rate rate;
}
