import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { OutboxStore } from "./ports.ts";

const holdsMs = 5_000;
const maxRooms = 2_000;

/** The other servers in a room, asked for once in a while: whoever writes there is told of often. */
export const createRoomServers = (
	outbox: Pick<OutboxStore, "serversIn">,
	clock: { now(): number },
): ((roomNid: number) => Promise<readonly ServerName[]>) => {
	const known = new Map<number, { readonly servers: Promise<readonly ServerName[]>; readonly until: number }>();
	return (roomNid) => {
		const found = known.get(roomNid);
		if (found !== undefined && found.until > clock.now()) return found.servers;
		if (known.size >= maxRooms) known.clear();
		const servers = outbox.serversIn([roomNid]).then((rooms) => rooms.get(roomNid) ?? []);
		servers.catch(() => known.delete(roomNid));
		known.set(roomNid, { servers, until: clock.now() + holdsMs });
		return servers;
	};
};
