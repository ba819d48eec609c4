/**
 * The shape that user ids, room aliases and the room ids before version 12 share: sigil, localpart, `:`, server name.
 * The localpart is read as widely as history demands: any Unicode but `:`, NUL and lone surrogates, even empty.
 * Source: Matrix v1.19 appendices, "Common Identifier Format" and "Historical User IDs".
 */

import { fitsIdentifier } from "./identifier-length.ts";
import type { ServerName } from "./identifier-types.ts";
import { parseServerName } from "./server-name.ts";

/** The first `:` ends the localpart: server names may hold more of them. */
export const splitDomainIdentifier = (text: string): { localpart: string; server: string } => {
	const colon = text.indexOf(":");
	return { localpart: text.slice(1, colon), server: text.slice(colon + 1) };
};

/** True when the text is `sigil localpart : server-name` and at most 255 bytes. */
export const isDomainIdentifier = (text: string, sigil: "@" | "#" | "!"): boolean => {
	if (!text.startsWith(sigil) || !text.includes(":") || !fitsIdentifier(text)) {
		return false;
	}
	const { localpart, server } = splitDomainIdentifier(text);
	return !localpart.includes("\u0000") && parseServerName(server) !== undefined;
};

/** The server of an identifier that passed `isDomainIdentifier`. */
export const domainOf = (identifier: string): ServerName => splitDomainIdentifier(identifier).server as ServerName;
