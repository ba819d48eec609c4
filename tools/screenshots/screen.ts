import type { BrowserContext, Page, Route } from "playwright";
import type { Person } from "../../tests/server-process/add-people.ts";

/** One screen in one state, and the way to it on a filled server. */
export interface Screen {
	readonly name: string;
	readonly path: string;
	/** Who is signed in; absent: nobody. */
	readonly person?: Person;
	/** What is different about the browser or its line before the page is asked for. */
	readonly arrange?: (context: BrowserContext) => Promise<unknown>;
	/** Brings the page to what is to be seen. */
	readonly prepare?: (page: Page) => Promise<unknown>;
	/** The documentation shows it. */
	readonly isInDocs?: true;
	/** What it shows is that it waits. */
	readonly isLoading?: true;
	/** Another screen in other clothes: what is checked there need not be checked again. */
	readonly isVariant?: true;
}

export const addressOf = (roomId: string): string => `/chat/${encodeURIComponent(roomId)}`;

export const press = (page: Page, name: string): Promise<void> => page.getByRole("button", { name }).first().click();

export const see = (page: Page, name: string): Promise<void> => page.getByRole("button", { name }).first().waitFor();

export const read = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor();

/** A dialog, once it is there. */
export async function dialogOf(page: Page) {
	const dialog = page.getByRole("dialog");
	await dialog.first().waitFor();
	return dialog.first();
}

/** Calls are never answered and sockets never opened. */
export async function neverAnswer(context: BrowserContext): Promise<void> {
	await context.route("**/api/**", () => undefined);
	await context.routeWebSocket("**/api/**", () => undefined);
}

const refusal = { message: "refused", code: -32003, data: { code: "FORBIDDEN", kith: { code: "forbidden" } } };

interface Call {
	readonly id?: number;
	readonly params?: { readonly path?: string };
}

/** The server answers these procedures with a refusal, whatever way they take. */
export const refusing =
	(...procedures: readonly string[]) =>
	async (context: BrowserContext): Promise<void> => {
		const isRefused = ({ params }: Call): boolean => procedures.includes(params?.path ?? "");
		await context.routeWebSocket(/\/api\/trpc/, (page) => {
			const server = page.connectToServer();
			page.onMessage((message) => {
				const calls = callsIn(String(message));
				const refused = calls.filter(isRefused);
				for (const { id } of refused) page.send(JSON.stringify({ id, error: refusal }));
				const rest = calls.filter((call) => !isRefused(call));
				if (refused.length === 0) server.send(message);
				else if (rest.length > 0) server.send(JSON.stringify(rest));
			});
		});
		for (const procedure of procedures) {
			const refuse = (route: Route) => route.fulfill({ status: 403, json: [{ error: refusal }] });
			await context.route(`**/api/trpc/${procedure}*`, refuse);
		}
	};

/** What goes out together is a list; what is no JSON, as the socket's heartbeat, is no call. */
function callsIn(line: string): readonly Call[] {
	return /^[[{]/.test(line) ? [JSON.parse(line)].flat() : [];
}
