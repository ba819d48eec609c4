/**
 * The access list of a room, `m.room.server_acl`: which servers may take part in it. It is asked of every request and event
 * about the room, whatever the authorization rules say. What it names are hosts, so that a server gets past it neither by
 * a port nor by spelling its name in another way.
 * Source: Matrix v1.19 Client-Server API, "Server Access Control Lists (ACLs) for rooms"; appendices, "Glob-style matching".
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import { ipv6Groups, isIpv4Address } from "../identifiers/ipv6-address.ts";
import { getValue, isJsonArray } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";

/** Whether the room's access list lets the server take part. `undefined`: the room has no list. */
export const isServerAllowed = (aclContent: JsonObject | undefined, server: ServerName): boolean => {
	if (aclContent === undefined) {
		return true;
	}
	const host = hostOf(server);
	const isLiteral = host.startsWith("[") || isIpv4Address(host);
	if (isLiteral && getValue(aclContent, "allow_ip_literals") === false) {
		return false;
	}
	const spellings = spellingsOf(host);
	const isNamed = (key: string): boolean =>
		patternsOf(aclContent, key).some((pattern) => spellings.some((spelling) => matchesGlob(pattern, spelling)));
	return !isNamed("deny") && isNamed("allow");
};

/** In lower case, without the port and the dot that may end a DNS name; IPv6 addresses keep their brackets. */
const hostOf = (server: ServerName): string => {
	const [, bracketed, named = ""] = parts.exec(server.toLowerCase()) ?? [];
	return bracketed ?? named.replace(/\.+$/, "");
};

const parts = /^(?:(\[.*\])|([^:]*))(?::\d*)?$/;

/** The forms in which a list may name the host: of an IPv6 address the shortest, the whole, and the IPv4 one within. */
const spellingsOf = (host: string): readonly string[] => {
	if (isIpv4Address(host)) {
		return [host, host.split(".").map(Number).join(".")];
	}
	const groups = groupsIn(host);
	if (groups === undefined) {
		return [host];
	}
	const whole = groups.map((group) => group.toString(16).padStart(4, "0")).join(":");
	return [host, shortest(groups), `[${whole}]`, ...embeddedIpv4(groups)];
};

/** The groups of a bracketed IPv6 address. */
const groupsIn = (text: string): readonly number[] | undefined =>
	text.startsWith("[") && text.endsWith("]") ? ipv6Groups(text.slice(1, -1)) : undefined;

/** RFC 5952: no leading zeros, the first of the longest runs of zeros as `::`. */
const shortest = (groups: readonly number[]): string => {
	const zerosFrom = (start: number): number => {
		const end = groups.findIndex((group, at) => at >= start && group !== 0);
		return (end === -1 ? groups.length : end) - start;
	};
	const lengths = groups.map((_, start) => zerosFrom(start));
	const longest = Math.max(...lengths);
	const start = lengths.indexOf(longest);
	const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
	return longest < 2
		? `[${text(groups)}]`
		: `[${text(groups.slice(0, start))}::${text(groups.slice(start + longest))}]`;
};

/** `::ffff:192.0.2.1` leads to the machine of `192.0.2.1`. */
const embeddedIpv4 = (groups: readonly number[]): readonly string[] => {
	const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	const bytes = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
	return isMapped ? [bytes.join(".")] : [];
};

/** What is no list names nothing, and what is no text in it neither. An IPv6 address is put into its shortest form. */
const patternsOf = (aclContent: JsonObject, key: string): readonly string[] => {
	const patterns = getValue(aclContent, key);
	if (!isJsonArray(patterns)) {
		return [];
	}
	return patterns.flatMap((pattern) => (typeof pattern === "string" ? [shortestIn(pattern.toLowerCase())] : []));
};

const shortestIn = (pattern: string): string => {
	const groups = groupsIn(pattern);
	return groups === undefined ? pattern : shortest(groups);
};

/** `*` stands for any text, `?` for one character. Never slower than the product of both lengths. */
const matchesGlob = (pattern: string, text: string): boolean => {
	let inPattern = 0;
	let inText = 0;
	let star = -1;
	let retryAt = 0;
	while (inText < text.length) {
		const wanted = pattern[inPattern];
		if (wanted === "*") {
			star = inPattern;
			retryAt = inText;
			inPattern++;
		} else if (wanted === "?" || wanted === text[inText]) {
			inPattern++;
			inText++;
		} else if (star !== -1) {
			retryAt++;
			inPattern = star + 1;
			inText = retryAt;
		} else {
			return false;
		}
	}
	while (pattern[inPattern] === "*") {
		inPattern++;
	}
	return inPattern === pattern.length;
};
