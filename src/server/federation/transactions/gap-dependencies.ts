import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import type { Receiving } from "../receiving/create-receiving.ts";
import type { TransactionStore } from "./ports.ts";

/** What filling a gap stands on. */
export interface GapDependencies {
	readonly receiving: Pick<Receiving, "receive" | "receiveAll" | "storeOutliers">;
	readonly graph: RoomGraph;
	readonly transactions: Pick<TransactionStore, "gapBounds">;
	readonly peers: PeerTransport;
	readonly serverName: ServerName;
}
