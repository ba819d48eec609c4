import { eventually } from "../../interop/eventually.ts";
import type { Homeserver, Person } from "../../interop/homeserver.ts";

/** Waits until both servers count the person among the room's members. */
export const joinFromAfar = async (
	host: Person,
	guest: Person,
	room: { readonly id: string; readonly via: Homeserver },
) => {
	await guest.join(room.id, [room.via.name]);
	await eventually(async () => {
		if ((await host.members(room.id)).get(guest.userId) !== "join") throw new Error(`${guest.userId} is not there yet`);
	});
};

let made = 0;

/** A public room of the host's. */
export const makeRoom = (host: Person): Promise<string> => {
	made += 1;
	return host.createRoom({ version: "12", name: `Room ${made}`, aliasLocalpart: `bench-${process.pid}-${made}` });
};
