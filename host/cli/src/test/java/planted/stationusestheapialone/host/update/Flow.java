package planted.stationusestheapialone.host.update;

public final class Flow {}
