/**
 * FOTA Bridge as a library. {@link dev.fotabridge.host.api.AwsFota} is to a Java application what the AWS FOTA library of
 * the nRF Connect SDK is to one in C; {@link dev.fotabridge.host.api.AwsFotaStation} is the same for several boards. {@link
 * dev.fotabridge.host.api.FotaBridge} opens {@link dev.fotabridge.host.api.Bays}, by which an application gives commands to
 * boards itself.
 *
 * <p>What is public here stays compatible. No argument may be null, nor any part of a record, unless its description says so.
 * The library configures no logging; it writes to SLF4J and prints nothing.
 */
package dev.fotabridge.host.api;
