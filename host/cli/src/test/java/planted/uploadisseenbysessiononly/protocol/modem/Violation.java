package planted.uploadisseenbysessiononly.protocol.modem;

import planted.uploadisseenbysessiononly.protocol.upload.Upload;

final class Violation {
    Upload upload;
}
