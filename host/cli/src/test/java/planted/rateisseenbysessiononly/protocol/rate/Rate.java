package planted.rateisseenbysessiononly.protocol.rate;

public final class Rate {}
