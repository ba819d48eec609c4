import type { Person } from "../../server-process/add-people.ts";
import type { OpenBrowser, Visitor } from "./kith-test.ts";

/** Opens a browser at an address other than the test server's own, with an account signed in. */
export async function enterAt(openBrowser: OpenBrowser, address: string, account: Person): Promise<Visitor> {
	const visitor = await openBrowser(address);
	const [name = "", value = ""] = account.cookie.split("=");
	await visitor.page.context().addCookies([{ name, value, url: address, httpOnly: true, sameSite: "Lax" }]);
	return visitor;
}
