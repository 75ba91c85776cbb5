package planted.httpclientstaysinitsadapter.host.download;

import org.apache.hc.client5.http.classic.HttpClient;

final class Violation {
    HttpClient client;
}
