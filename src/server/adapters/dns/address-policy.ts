import { BlockList, isIP } from "node:net";

/** True for addresses that this server may connect to at another server's word. */
export type MayReach = (address: string) => boolean;

/** IPv4 networks that are private, local, shared, reserved or for documentation (RFC 6890, RFC 5735). */
const closedIpv4 = [
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4",
] as const;

/** The only IPv6 network in which public machines are, and what is closed in it: tunnels, documentation, tests. */
const openIpv6 = ["2000::/3"] as const;
const closedIpv6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"] as const;

/**
 * Only public addresses, and those of the networks (`10.0.0.0/8`) that the owner opened. An IPv6 address that stands for
 * an IPv4 one, mapped or translated, is judged as that one.
 */
export const createAddressPolicy = (openNetworks: readonly string[]): MayReach => {
	const opened = listOf(openNetworks);
	const closedFour = listOf(closedIpv4);
	const openSix = listOf(openIpv6);
	const closedSix = listOf(closedIpv6);
	return (text) => {
		const address = plainAddress(text);
		if (isIP(address) === 0) return false;
		if (isIP(address) === 4) return opened.check(address, "ipv4") || !closedFour.check(address, "ipv4");
		if (opened.check(address, "ipv6")) return true;
		return openSix.check(address, "ipv6") && !closedSix.check(address, "ipv6");
	};
};

const listOf = (networks: readonly string[]): BlockList => {
	const list = new BlockList();
	for (const network of networks) {
		const [address = "", prefix] = network.split("/");
		const family = isIP(address) === 6 ? "ipv6" : "ipv4";
		list.addSubnet(address, prefix === undefined ? (family === "ipv6" ? 128 : 32) : Number(prefix), family);
	}
	return list;
};

/** Mapped (RFC 4291) and translated (RFC 6052) addresses as IPv4; one of a zone, which is never public, as none. */
const plainAddress = (address: string): string => {
	if (isIP(address) !== 6) return address;
	if (address.includes("%")) return "";
	const groups = groupsOf(address);
	const front = groups.slice(0, 6).map((group) => group.toString(16));
	const isEmbedded = front.join(":") === "0:0:0:0:0:ffff" || front.join(":") === "64:ff9b:0:0:0:0";
	return isEmbedded
		? groups
				.slice(6)
				.flatMap((group) => [group >> 8, group & 0xff])
				.join(".")
		: address;
};

/** The eight groups of a well-formed IPv6 address. */
const groupsOf = (address: string): readonly number[] => {
	const [front = [], back = []] = address.split("::").map(readGroups);
	return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
};

const readGroups = (half: string): readonly number[] =>
	half === ""
		? []
		: half.split(":").flatMap((part) => {
				if (!part.includes(".")) return [Number.parseInt(part, 16)];
				const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
				return [a * 256 + b, c * 256 + d];
			});
