import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Person } from "../../interop/homeserver.ts";
import { openSynapse } from "../../interop/synapse/synapse-homeserver.ts";
import { inParallel, range } from "../statistics.ts";
import type { Peer, PeerPerson } from "./peer.ts";

type Variables = Readonly<Record<string, string | undefined>>;

const wanted = ["KITH_PEER_SYNAPSE_URLS", "KITH_PEER_SYNAPSE_SECRET", "KITH_PEER_CA"] as const;
const lanes = 4;

/** The first Synapse that the variables name; a line that says what is missing when there is none. */
export async function findSynapse(variables: Variables): Promise<Peer | { readonly missing: string }> {
	const [urls = "", secret = "", caFile = ""] = wanted.map((name) => variables[name]);
	const missing = wanted.find((name) => (variables[name] ?? "") === "");
	if (missing !== undefined) return { missing: `${missing} is not set` };
	const [url = ""] = urls.split(",");
	const synapse = await openSynapse({ url, secret, ca: await readFile(caFile, "utf8") });
	return {
		name: "Synapse",
		addPeople: (count) => inParallel(range(count), lanes, async () => asPeerPerson(await synapse.register("bench"))),
	};
}

const asPeerPerson = (person: Person): PeerPerson => ({
	createRoom: () => person.createRoom({ version: "12", name: "Room", aliasLocalpart: `bench-${randomUUID()}` }),
	join: async (roomId) => void (await person.join(roomId)),
	send: async (roomId, body) => void (await person.send(roomId, body)),
});
