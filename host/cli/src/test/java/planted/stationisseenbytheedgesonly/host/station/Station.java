package planted.stationisseenbytheedgesonly.host.station;

public final class Station {}
