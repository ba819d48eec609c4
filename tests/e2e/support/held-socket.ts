import type { BrowserContext } from "@playwright/test";

/** The calls of a context, with a hand on what goes through. */
export interface HeldSocket {
	/** What a page sends and names a procedure that contains this does not arrive. */
	drop(procedure: string): void;
	/** What the server answers does not arrive from the moment such a call has gone out. */
	dropAnswersTo(procedure: string): void;
	/** New sockets find nobody. */
	cut(): void;
	/** From the next socket on everything goes through. */
	release(): void;
}

/** Takes the sockets of the pages that a context opens from now on in hand. */
export async function holdSockets(context: BrowserContext): Promise<HeldSocket> {
	let dropped: string | undefined;
	let unanswered: string | undefined;
	let isCut = false;
	await context.routeWebSocket(/\/api\/trpc/, (page) => {
		if (isCut) {
			void page.close();
			return;
		}
		let isMute = false;
		const server = page.connectToServer();
		page.onMessage((message) => {
			const text = message.toString();
			if (dropped !== undefined && text.includes(dropped)) return;
			if (unanswered !== undefined && text.includes(unanswered)) isMute = true;
			server.send(message);
		});
		server.onMessage((message) => {
			if (!isMute) page.send(message);
		});
	});
	// While a socket is not open yet, calls take HTTP.
	await context.route("**/api/trpc/**", async (route) => {
		const url = route.request().url();
		if (dropped !== undefined && url.includes(dropped)) return;
		if (unanswered !== undefined && url.includes(unanswered)) await route.fetch();
		else await route.fallback();
	});
	return {
		drop: (procedure) => {
			dropped = procedure;
		},
		dropAnswersTo: (procedure) => {
			unanswered = procedure;
		},
		cut: () => {
			isCut = true;
		},
		release: () => {
			dropped = undefined;
			unanswered = undefined;
			isCut = false;
		},
	};
}
