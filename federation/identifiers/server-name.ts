/**
 * Server names, the right-hand side of most identifiers. Only the grammar is checked here, so that every server reads
 * the same identifiers out of an event; what a name resolves to is the transport's matter.
 * Source: Matrix v1.19 appendices, "Server Name".
 */
import type { ServerName } from "./identifier-types.ts";
import { isIpv6Address } from "./ipv6-address.ts";

const dnsOrIpv4WithPort = /^[0-9A-Za-z.-]{1,255}(?::[0-9]{1,5})?$/;
const bracketedWithPort = /^\[([0-9A-Fa-f:.]{2,45})\](?::[0-9]{1,5})?$/;

/** Parses a server name: DNS name, IPv4 literal or bracketed IPv6 literal, with an optional port. Case is kept. */
export const parseServerName = (text: string): ServerName | undefined =>
	isServerName(text) ? (text as ServerName) : undefined;

const isServerName = (text: string): boolean => {
	if (dnsOrIpv4WithPort.test(text)) {
		return true;
	}
	const address = bracketedWithPort.exec(text)?.[1];
	return address !== undefined && isIpv6Address(address);
};
