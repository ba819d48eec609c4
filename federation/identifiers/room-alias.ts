/** Room aliases. Source: Matrix v1.19 appendices, "Room Aliases". */
import { domainOf, isDomainIdentifier } from "./domain-identifier.ts";
import type { RoomAlias, ServerName } from "./identifier-types.ts";

/** Parses `#localpart:server`. */
export const parseRoomAlias = (text: string): RoomAlias | undefined =>
	isDomainIdentifier(text, "#") ? (text as RoomAlias) : undefined;

/** The server that answers for the alias. */
export const roomAliasServer = (alias: RoomAlias): ServerName => domainOf(alias);
