/**
 * FOTA Bridge as a library: {@link dev.fotabridge.host.api.AwsFota} is to a Java application what the AWS FOTA library of
 * the nRF Connect SDK is to one in C; {@link dev.fotabridge.host.api.AwsFotaStation} is the same for several boards. What is public here stays compatible.
 */
package dev.fotabridge.host.api;
