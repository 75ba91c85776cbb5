package planted.stationisseenbythecommandlineonly.station.bay;

public final class Place {}
