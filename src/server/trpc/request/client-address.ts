import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

export interface AddressedRequest {
	readonly headers: IncomingHttpHeaders;
	readonly socket?: { readonly remoteAddress?: string | undefined } | undefined;
}

/**
 * The key under which attempts of one network are counted: an IPv4 address or the /64 of an IPv6 one, which is what
 * one household gets. `X-Forwarded-For` counts only from a proxy on this machine, and only its last entry, the one
 * which that proxy wrote itself.
 */
export const clientAddress = ({ headers, socket }: AddressedRequest): string => {
	const peer = withoutMapping(socket?.remoteAddress ?? "");
	const forwarded = isLoopback(peer) ? lastForwarded(headers["x-forwarded-for"]) : undefined;
	return networkOf(forwarded ?? peer);
};

const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");

const lastForwarded = (header: string | string[] | undefined): string | undefined => {
	const last = withoutMapping([header].flat().join(",").split(",").at(-1)?.trim() ?? "");
	return isIP(last) === 0 ? undefined : last;
};

const networkOf = (address: string): string => {
	if (isIP(address) !== 6) {
		return address === "" ? "unknown" : address;
	}
	const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
	const front = head === "" ? [] : head.split(":");
	const back = tail === undefined || tail === "" ? [] : tail.split(":");
	const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
	const groups = [...front, ...Array.from({ length: gap }, () => "0"), ...back];
	return `${groups
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, ""))
		.join(":")}::/64`;
};
