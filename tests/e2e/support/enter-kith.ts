import type { KithHomeserver } from "../../interop/kith/kith-homeserver.ts";
import { addPeople } from "../../server-process/add-people.ts";
import { enterAt } from "./enter-at.ts";
import type { OpenBrowser, Visitor } from "./kith-test.ts";

/** A new person of one of several servers, before their browser. */
export async function enterKith(openBrowser: OpenBrowser, kith: KithHomeserver, name: string): Promise<Visitor> {
	const [account] = await addPeople(kith.dataFolder, [name], { isSecure: true });
	if (account === undefined) throw new Error("one person was asked for");
	const open: OpenBrowser = (address) => openBrowser(address, { ignoreHTTPSErrors: true });
	return enterAt(open, `https://${kith.name}`, account);
}
