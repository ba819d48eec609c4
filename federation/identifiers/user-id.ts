/**
 * User ids. Those of events are read with the historical grammar, which every server must accept; the ids that this
 * server gives out follow the strict one. Source: Matrix v1.19 appendices, "User Identifiers".
 */
import { domainOf, isDomainIdentifier, splitDomainIdentifier } from "./domain-identifier.ts";
import type { ServerName, UserId } from "./identifier-types.ts";

const compliantLocalpart = /^[0-9a-z\-.=_/+]+$/;

/** Parses a user id, historical ones included: `@`, any localpart without `:` and NUL, `:`, server name, 255 bytes. */
export const parseUserId = (text: string): UserId | undefined =>
	isDomainIdentifier(text, "@") ? (text as UserId) : undefined;

/** The server that gave the id out. */
export const userIdServer = (userId: UserId): ServerName => domainOf(userId);

/** The part between `@` and the first `:`. */
export const userIdLocalpart = (userId: UserId): string => splitDomainIdentifier(userId).localpart;

/** True when the localpart is one that a new account may have. */
export const isCompliantUserId = (userId: UserId): boolean => compliantLocalpart.test(userIdLocalpart(userId));
