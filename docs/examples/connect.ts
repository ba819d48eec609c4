import { createTRPCClient, createWSClient, httpLink, splitLink, type TRPCClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import type { AppRouter } from "../../src/server/trpc/app-router.ts";

export interface Credentials {
	/** `https://chat.example.org` */
	readonly origin: string;
	readonly username: string;
	readonly password: string;
}

/** The whole typed API for a program that signs in with a password: calls over HTTP, the subscription over a socket. */
export async function connect(credentials: Credentials): Promise<{ api: TRPCClient<AppRouter>; close: () => void }> {
	const { origin } = credentials;
	const headers = { origin, cookie: await signIn(credentials) };
	class SignedInSocket extends WebSocket {
		constructor(url: string) {
			super(url, { headers });
		}
	}
	const client = createWSClient({
		url: `${origin.replace(/^http/, "ws")}/api/trpc`,
		// The browser's type and that of `ws` differ in what is not used here.
		WebSocket: SignedInSocket as unknown as typeof globalThis.WebSocket,
	});
	const calls = httpLink<AppRouter>({ url: `${origin}/api/trpc`, headers });
	const links = [
		splitLink({ condition: ({ type }) => type === "subscription", true: wsLink({ client }), false: calls }),
	];
	return { api: createTRPCClient<AppRouter>({ links }), close: () => void client.close() };
}

async function signIn({ origin, username, password }: Credentials): Promise<string> {
	const asked = await fetch(`${origin}/api/auth/csrf`);
	const { csrfToken }: { csrfToken: string } = await asked.json();
	const response = await fetch(`${origin}/api/auth/callback/credentials`, {
		method: "POST",
		redirect: "manual",
		headers: { origin, cookie: cookiesOf(asked) },
		body: new URLSearchParams({ username, password, deviceName: "bot", csrfToken, json: "true" }),
	});
	if (!response.ok) throw new Error("the server refused the sign-in");
	return cookiesOf(response);
}

const cookiesOf = (response: Response): string =>
	response.headers
		.getSetCookie()
		.map((line) => line.split(";", 1)[0])
		.join("; ");
