/** A machine of the person's own: this device, or one in their network. */
export interface NearAddress {
	/** Such as `http://localhost:11434`. */
	readonly origin: string;
	readonly host: string;
	readonly reach: "device" | "network";
}

const plainHost = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/;
/** Names that no public registry gives away. */
const networkName = /\.(local|internal|home\.arpa)$/;

/**
 * Reads an address that lies on the person's device or in their network; undefined for any other. What comes of it may stand
 * in a policy for browsers: its host has letters, digits, hyphens and dots alone. Addresses of IPv6 are not taken, because
 * such a policy cannot name them.
 */
export const nearAddress = (text: string): NearAddress | undefined => {
	if (text.length > 300 || !URL.canParse(text)) return undefined;
	const { protocol, origin, hostname, username, password, pathname, search, hash } = new URL(text);
	if (protocol !== "http:" && protocol !== "https:") return undefined;
	if (username !== "" || password !== "" || pathname !== "/" || search !== "" || hash !== "") return undefined;
	if (!plainHost.test(hostname)) return undefined;
	const reach = reachOf(hostname);
	return reach === undefined ? undefined : { origin, host: hostname, reach };
};

/** Whether a text is an address of IPv6, on whatever machine. */
export const isIpv6Address = (text: string): boolean => URL.canParse(text) && new URL(text).hostname.startsWith("[");

const reachOf = (host: string): NearAddress["reach"] | undefined => {
	if (host === "localhost" || host.endsWith(".localhost")) return "device";
	if (networkName.test(host)) return "network";
	const parts = host.split(".").map(Number);
	// A browser writes every form of such an address as four numbers.
	if (parts.length !== 4 || !parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255))
		return undefined;
	const [first = 0, second = 0] = parts;
	if (first === 127) return "device";
	return isPrivate(first, second) ? "network" : undefined;
};

const isPrivate = (first: number, second: number): boolean =>
	first === 10 ||
	(first === 172 && second >= 16 && second <= 31) ||
	(first === 192 && second === 168) ||
	// What carriers and private networks over the internet share.
	(first === 100 && second >= 64 && second <= 127);
