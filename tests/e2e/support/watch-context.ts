import type { BrowserContext, ConsoleMessage, Page } from "@playwright/test";

/** Everything a page did that no flow may do. */
export interface ContextWatch {
	/** Console errors and warnings, uncaught errors, policy violations, requests to other origins. */
	readonly faults: readonly string[];
	/** From now on a console line of this kind is part of what is tested. */
	allow(kind: RegExp): void;
	/** From now on this other origin is part of what is tested. */
	allowOrigin(origin: string): void;
}

/** What the browser itself writes while the server is away. */
export const lostConnection = /net::ERR_|WebSocket connection to .* failed|Failed to load chunk/;

/** What the browser itself writes for an answer that refuses. */
export const refusal = /Failed to load resource: the server responded with a status of 4\d\d/;

/** Watches all pages of a context, those that are opened later too. */
export async function watchContext(context: BrowserContext, address: string): Promise<ContextWatch> {
	const faults: string[] = [];
	const allowed: RegExp[] = [];
	const origins: string[] = [];
	await context.exposeBinding("reportViolation", (_, violation: string) => {
		faults.push(`policy: ${violation}`);
	});
	await context.addInitScript(() => {
		document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
			Reflect.get(window, "reportViolation")?.(`${violatedDirective} ${blockedURI} ${sample}`);
		});
	});
	const onConsole = (message: ConsoleMessage): void => {
		if (message.type() !== "error" && message.type() !== "warning") return;
		const line = message.text();
		if (!allowed.some((kind) => kind.test(line))) faults.push(`console: ${line} (${message.location().url})`);
	};
	const onPage = (page: Page): void => {
		page.on("console", onConsole);
		page.on("pageerror", (error) => faults.push(`uncaught: ${error.message}`));
		page.on("websocket", (socket) => noteForeign(socket.url()));
	};
	const noteForeign = (url: string): void => {
		const isAllowed = origins.includes(new URL(url).origin);
		if (!isAllowed && isForeign(url, address)) faults.push(`request to another origin: ${url}`);
	};
	context.on("page", onPage);
	context.on("request", (request) => noteForeign(request.url()));
	return {
		faults,
		allow: (kind) => allowed.push(kind),
		allowOrigin: (origin) => origins.push(origin),
	};
}

/** Data and blob addresses go nowhere. */
function isForeign(url: string, address: string): boolean {
	const { protocol, host } = new URL(url);
	return protocol !== "data:" && protocol !== "blob:" && host !== new URL(address).host;
}
