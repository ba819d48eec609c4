import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import type { BringingDependencies } from "./bring-state.ts";
import type { TransactionStore } from "./ports.ts";

/** What filling a gap stands on. */
export interface GapDependencies extends BringingDependencies {
	readonly receiving: Pick<Receiving, "receive" | "receiveAll" | "storeArrived">;
	readonly graph: RoomGraph;
	readonly transactions: Pick<TransactionStore, "gapBounds">;
	readonly serverName: ServerName;
}
