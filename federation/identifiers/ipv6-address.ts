/**
 * The text form of an IPv6 address: eight groups, at most one `::`, optionally an IPv4 tail.
 * Source: RFC 3513 section 2.2, which Matrix v1.19 appendices, "Server Name", names.
 */

const group = /^[0-9A-Fa-f]{1,4}$/;
const byte = /^[0-9]{1,3}$/;

/** True for a well-formed IPv6 address without brackets, zone or prefix length. */
export const isIpv6Address = (text: string): boolean => {
	const halves = text.split("::");
	if (halves.length > 2) {
		return false;
	}
	const counts = halves.map((half, index) => countGroups(half, index === halves.length - 1));
	if (counts.includes(undefined)) {
		return false;
	}
	const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
	// `::` stands for at least one group of zeros.
	return halves.length === 2 ? total <= 7 : total === 8;
};

/** The eight groups as numbers; `undefined` when the text is no IPv6 address. */
export const ipv6Groups = (text: string): readonly number[] | undefined => {
	if (!isIpv6Address(text)) {
		return undefined;
	}
	const [front = [], back = []] = text.split("::").map(groupsOfHalf);
	const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
	return [...front, ...zeros, ...back];
};

const groupsOfHalf = (half: string): number[] =>
	half.split(":").flatMap((part) => {
		if (part === "") {
			return [];
		}
		const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
		return part.includes(".") ? [a * 256 + b, c * 256 + d] : [Number.parseInt(part, 16)];
	});

const countGroups = (half: string, mayEndInIpv4: boolean): number | undefined => {
	if (half === "") {
		return 0;
	}
	const parts = half.split(":");
	const last = parts.at(-1) ?? "";
	if (mayEndInIpv4 && isIpv4Address(last)) {
		return parts.slice(0, -1).every((part) => group.test(part)) ? parts.length + 1 : undefined;
	}
	return parts.every((part) => group.test(part)) ? parts.length : undefined;
};

/** True for four decimal numbers from 0 to 255. */
export const isIpv4Address = (text: string): boolean => {
	const parts = text.split(".");
	return parts.length === 4 && parts.every((part) => byte.test(part) && Number(part) <= 255);
};
