package planted.protocolmachinesbelongtothesession.protocol.upload;

public final class UploadRun {}
