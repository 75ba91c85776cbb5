package planted.uploadisseenbysessiononly.protocol.upload;

public final class Upload {}
