/** What an image file is, and whether it may run: read {@link dev.fotabridge.host.image.ImageInspector} first. */
package dev.fotabridge.host.image;
