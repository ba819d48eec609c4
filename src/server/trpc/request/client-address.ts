import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";

export interface AddressedRequest {
	readonly headers: IncomingHttpHeaders;
	readonly socket?: { readonly remoteAddress?: string | undefined } | undefined;
}

/** Whose `X-Forwarded-For` counts. */
export type IsTrustedProxy = (address: string) => boolean;

/**
 * The key under which attempts of one network are counted: an IPv4 address or the /64 of an IPv6 one, which is what
 * one household gets. `X-Forwarded-For` counts only from a trusted proxy, and of its entries the last that is not a
 * trusted proxy's own: the ones before it are the caller's word.
 */
export const clientAddress = ({ headers, socket }: AddressedRequest, isTrustedProxy: IsTrustedProxy): string => {
	const hops = [...forwardedFor(headers["x-forwarded-for"]), socket?.remoteAddress ?? ""].map(withoutMapping);
	let address = hops.pop() ?? "";
	while (isTrustedProxy(address)) {
		const before = hops.pop();
		if (before === undefined || isIP(before) === 0) break;
		address = before;
	}
	return networkOf(address);
};

/** Addresses and networks (`10.0.0.0/8`) of proxies; this machine's own count always. */
export const trustedProxies = (networks: readonly string[]): IsTrustedProxy => {
	const list = new BlockList();
	for (const network of ["127.0.0.0/8", "::1/128", ...networks]) {
		const [address = "", prefix] = network.split("/");
		const family = isIP(address) === 6 ? "ipv6" : "ipv4";
		list.addSubnet(address, prefix === undefined ? (family === "ipv6" ? 128 : 32) : Number(prefix), family);
	}
	return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
};

const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

const forwardedFor = (header: string | string[] | undefined): readonly string[] =>
	header === undefined
		? []
		: [header]
				.flat()
				.join(",")
				.split(",")
				.map((entry) => entry.trim());

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
