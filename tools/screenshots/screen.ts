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
	/** What it shows is that another device of the person has the keys. */
	readonly isLocked?: true;
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

type Reply =
	| { readonly error: typeof refusal }
	| { readonly result: { readonly type: "data"; readonly data: unknown } };

/** The server answers these procedures with a refusal, whatever way they take. */
export const refusing = (...procedures: readonly string[]) =>
	replying(new Map(procedures.map((procedure) => [procedure, { error: refusal }])));

/** The server answers these procedures so: what another server would tell. */
export const answering = (answers: Readonly<Record<string, unknown>>) =>
	replying(
		new Map(Object.entries(answers).map(([procedure, data]) => [procedure, { result: { type: "data", data } }])),
	);

const replying =
	(replies: ReadonlyMap<string, Reply>) =>
	async (context: BrowserContext): Promise<void> => {
		const replyTo = ({ params }: Call): Reply | undefined => replies.get(params?.path ?? "");
		await context.routeWebSocket(/\/api\/trpc/, (page) => {
			const server = page.connectToServer();
			page.onMessage((message) => {
				const calls = callsIn(String(message));
				const replied = calls.filter((call) => replyTo(call) !== undefined);
				for (const call of replied) page.send(JSON.stringify({ id: call.id, ...replyTo(call) }));
				const rest = calls.filter((call) => replyTo(call) === undefined);
				if (replied.length === 0) server.send(message);
				else if (rest.length > 0) server.send(JSON.stringify(rest));
			});
		});
		for (const [procedure, reply] of replies) {
			const answer = (route: Route) => route.fulfill({ status: "error" in reply ? 403 : 200, json: [reply] });
			await context.route(`**/api/trpc/${procedure}*`, answer);
		}
	};

/** What goes out together is a list; what is no JSON, as the socket's heartbeat, is no call. */
function callsIn(line: string): readonly Call[] {
	return /^[[{]/.test(line) ? [JSON.parse(line)].flat() : [];
}
