import { clientEngine } from "./client-engine.ts";
import { recipientsOf } from "./room-recipients.ts";

/** The person goes on with the identities that the people of a room have now. */
export async function acceptIdentities(roomId: string): Promise<void> {
	const userIds = [...(await recipientsOf(roomId, "shared"))].slice(0, 1_000);
	await (await clientEngine())?.call("acceptIdentities", { userIds });
}
