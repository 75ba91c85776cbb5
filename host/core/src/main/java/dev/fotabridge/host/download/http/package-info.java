/** HTTP by Apache HttpClient: {@link dev.fotabridge.host.download.http.HttpRangeSource} is the only class that sees it. */
package dev.fotabridge.host.download.http;
