package planted.protocolmachinesbelongtothesession.host.link;

import planted.protocolmachinesbelongtothesession.protocol.upload.UploadRun;

final class Violation {
    UploadRun uploadRun;
}
