package planted.httpadapterisseenbystationonly.host.download;

import planted.httpadapterisseenbystationonly.host.download.http.Adapter;

final class Violation {
    Adapter adapter;
}
