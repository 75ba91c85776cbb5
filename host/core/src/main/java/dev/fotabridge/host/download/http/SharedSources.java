package dev.fotabridge.host.download.http;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One HTTP client for all who may ask the same servers on the same way. Any thread may call. */
public final class SharedSources {
    /**
     * What decides whom a client may ask, and on which way.
     *
     * @param endpoint host of the endpoint, from which downloads are allowed
     * @param allowed hosts that a URL may name although their addresses are not public
     * @param ca PEM file of roots that are trusted beside the system's
     */
    public record Access(Optional<String> endpoint, List<String> allowed, ProxySettings proxies, Optional<Path> ca) {}

    private final Map<Access, Shared> clients = new HashMap<>();

    /**
     * Returns a source; the client behind it ends when all who have taken it have closed theirs.
     *
     * @throws FotaException CONFIGURATION or CREDENTIALS when a client cannot be made
     */
    public synchronized RangeSource take(Access access) throws FotaException {
        Shared shared = clients.get(access);
        if (shared == null) {
            shared = new Shared(access, open(access));
            clients.put(access, shared);
        }
        shared.users++;
        return new Place(shared);
    }

    private static HttpRangeSource open(Access access) throws FotaException {
        AllowedHosts hosts = new AllowedHosts(access.endpoint(), access.allowed());
        return new HttpRangeSource(
                hosts,
                ProxyRules.of(access.proxies()),
                TlsFiles.serverTrust(access.ca()),
                HttpRangeSource.Timeouts.standard());
    }

    private synchronized void leave(Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            clients.remove(shared.access);
            shared.client.close();
        }
    }

    private static final class Shared {
        private final Access access;
        private final HttpRangeSource client;
        private int users;

        Shared(Access access, HttpRangeSource client) {
            this.access = access;
            this.client = client;
        }
    }

    private final class Place implements RangeSource {
        private final Shared shared;
        private boolean closed;

        Place(Shared shared) {
            this.shared = shared;
        }

        @Override
        public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
            return shared.client.get(request, handler, cancellation);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                leave(shared);
            }
        }
    }
}
