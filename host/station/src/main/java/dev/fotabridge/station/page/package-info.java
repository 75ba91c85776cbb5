/** The station's page: files that a browser gets. Read {@link dev.fotabridge.station.page.PageFiles} first. */
package dev.fotabridge.station.page;
