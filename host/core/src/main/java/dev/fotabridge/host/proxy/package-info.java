/**
 * HTTP proxies: which one leads to a host, and how a connection is made through it. Read {@link
 * dev.fotabridge.host.proxy.ProxyRules} first.
 */
package dev.fotabridge.host.proxy;
