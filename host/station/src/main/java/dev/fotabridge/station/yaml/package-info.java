/**
 * Reads YAML files with the line of everything in them. The only package of the station that knows a YAML library. Read {@link
 * dev.fotabridge.station.yaml.YamlNode} first.
 */
package dev.fotabridge.station.yaml;
