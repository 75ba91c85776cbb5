/** Reads an image file and checks whether it may run. Read {@link dev.fotabridge.host.image.ImageInspector} first. */
package dev.fotabridge.host.image;
