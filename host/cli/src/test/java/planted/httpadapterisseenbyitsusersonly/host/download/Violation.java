package planted.httpadapterisseenbyitsusersonly.host.download;

import planted.httpadapterisseenbyitsusersonly.host.download.http.Adapter;

final class Violation {
    Adapter adapter;
}
