/** Fetches an image by ranges into a cache that boards share: read {@link dev.fotabridge.host.download.ImageDownload} first. */
package dev.fotabridge.host.download;
