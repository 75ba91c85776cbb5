package planted.stationisseenbythecommandlineonly.host.station;

public final class Station {}
