import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Log } from "../../../shared/log.ts";
import type { GapDependencies } from "./gap-dependencies.ts";
import type { TransactionStore } from "./ports.ts";

/** What checking received PDUs stands on. */
export interface ReceivedWorkDependencies extends GapDependencies {
	readonly transactions: TransactionStore;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly log: Log;
	/** A membership of this server's people in a room that none of them is in: an invitation that is withdrawn. */
	readonly receiveFromOutside?: (input: {
		readonly origin: ServerName;
		readonly roomId: RoomId;
		readonly pdu: JsonObject;
	}) => Promise<unknown>;
}
