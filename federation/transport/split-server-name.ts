/** The two parts of a server name. Source: Matrix v1.19 appendices, "Server Name". */
import type { ServerName } from "../identifiers/identifier-types.ts";
import { isIpv4Address } from "../identifiers/ipv6-address.ts";

/** Host and port of a server name. */
export interface SplitServerName {
	/** A lower-case DNS name, or an IP address without brackets. */
	readonly host: string;
	readonly isLiteral: boolean;
	readonly port: number | undefined;
}

/** Splits at the port's colon. `undefined` when it cannot be reached: a port that does not exist, or no host name. */
export const splitServerName = (server: ServerName): SplitServerName | undefined => {
	const [, bracketed, named = "", digits] = parts.exec(server) ?? [];
	const host = (bracketed ?? named).toLowerCase();
	const port = digits === undefined ? undefined : Number(digits);
	const isLiteral = bracketed !== undefined || isIpv4Address(host);
	if ((port !== undefined && !isPort(port)) || (!isLiteral && !isHostName(host))) {
		return undefined;
	}
	return { host, isLiteral, port };
};

const parts = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/;

/** True for 1 to 65535. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port <= 65_535;

/**
 * True for names that DNS can hold (RFC 1123, and underscores, which happen). One whose last label is a number is left
 * out: some programs read `127.1` or `0x7f000001` as an address, and what is no name to all must not be one here.
 */
export const isHostName = (host: string): boolean =>
	host.length <= 254 && hostName.test(host) && !endsInNumber.test(host);

const hostName = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?$/i;
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i;
