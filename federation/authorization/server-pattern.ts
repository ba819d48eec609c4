/**
 * What a person writes when they mean a server, or many, in the form that `isServerAllowed` compares: a port and the spelling
 * say nothing about who a server is, so a list that holds them must not depend on them.
 * Source: Matrix v1.19 Client-Server API, "Server Access Control Lists (ACLs) for rooms"; appendices, "Glob-style matching".
 */
import { ipv6Groups } from "../identifiers/ipv6-address.ts";

/**
 * The pattern in lower case, without scheme, port and the dot that may end a name, an IPv6 address in brackets. Undefined:
 * it names no server, however it is read.
 */
export const serverPattern = (text: string): string | undefined => {
	const wanted = text.trim().toLowerCase();
	if (wanted === "" || wanted.length > longest) return undefined;
	if (ipv6Groups(wanted) !== undefined) return `[${wanted}]`;
	const [, bracketed, named] = parts.exec(wanted) ?? [];
	if (bracketed !== undefined) return bracketed;
	const host = named?.replace(/\.+$/, "");
	return host === undefined || host === "" ? undefined : host;
};

/** As long as a server name may be. */
const longest = 255;

/** Whoever copies an address out of the browser means its host. */
const parts = /^(?:https:\/\/)?(?:(\[[0-9a-f:.*?]+\])|([a-z0-9.*?-]+))(?::\d{1,5})?\/?$/;
